import type { Migration } from '../Migration.ts';

/** The last entry of the audit trail, in one row, and an index for the few operations that the trail looks up itself. */
const schema = `
  CREATE TABLE audit_end (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL,
    mac BLOB,
    mac_key_version INTEGER
  ) STRICT;

  CREATE INDEX audit_entries_of_operation ON audit_entries (operation, sequence);
`;

export const auditEnd: Migration = {
  version: 6,
  name: '2026_11_29_0001_audit_end',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
