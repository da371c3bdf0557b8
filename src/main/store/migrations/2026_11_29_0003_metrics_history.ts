import type { Migration } from '../Migration.ts';

/**
 * What was measured, in intervals of several lengths, and changes of state and decisions as JSON. They go with their data
 * source. Intervals are in the order of time, not of data sources: each minute is written, and each hour forgotten, in one
 * place.
 */
const schema = `
  CREATE TABLE metrics_intervals (
    step_ms INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    figures BLOB NOT NULL,
    PRIMARY KEY (step_ms, start_at, data_source_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE metrics_events (
    id INTEGER PRIMARY KEY,
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX metrics_events_by_time ON metrics_events (data_source_id, kind, at);
`;

export const metricsHistory: Migration = {
  version: 8,
  name: '2026_11_29_0003_metrics_history',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
