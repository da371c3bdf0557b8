import type { Migration } from '../Migration.ts';

/** The strongest login method of each data source and endpoint (its SHA-256). */
const schema = `
  CREATE TABLE login_methods (
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    endpoint BLOB NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (data_source_id, endpoint)
  ) STRICT;
`;

export const loginMethods: Migration = {
  version: 3,
  name: '2026_11_28_0001_login_methods',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
