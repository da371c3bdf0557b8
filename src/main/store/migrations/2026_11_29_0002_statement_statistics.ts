import type { Migration } from '../Migration.ts';

/** Statements by normal form, which holds none of their values, with their figures as JSON. They go with their data source. */
const schema = `
  CREATE TABLE statement_statistics (
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    figures TEXT NOT NULL,
    normal_form TEXT NOT NULL,
    PRIMARY KEY (data_source_id, fingerprint)
  ) STRICT;
`;

export const statementStatistics: Migration = {
  version: 7,
  name: '2026_11_29_0002_statement_statistics',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
