import type { Migration } from '../Migration.ts';

/** What ran. It outlives its data source. The text is the last column: it may fill pages that lists do not read. */
const schema = `
  CREATE TABLE query_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    data_source_id TEXT NOT NULL,
    data_source_name TEXT NOT NULL,
    started_at REAL NOT NULL,
    duration_ms REAL NOT NULL,
    row_count INTEGER,
    outcome TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    error TEXT,
    text TEXT NOT NULL
  ) STRICT;
`;

export const queryHistory: Migration = {
  version: 5,
  name: '2026_11_28_0003_query_history',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
