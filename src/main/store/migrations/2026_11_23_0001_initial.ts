import { randomUUID } from 'node:crypto';
import type { Migration } from '../Migration.ts';

/**
 * `secrets` has no foreign key to `data_sources`: the vault also keeps secrets of the app itself (the demo server's),
 * and a secret is kept when its data source does not parse. Purging deletes both in one transaction.
 * What a column holds is checked when it is read, not by CHECK clauses: one odd row must not fail `integrity_check`
 * and with it the whole store.
 */
const schema = `
  CREATE TABLE data_sources (
    id TEXT NOT NULL PRIMARY KEY,
    fields TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER
  ) STRICT;

  CREATE TABLE vault (
    vault_id TEXT NOT NULL PRIMARY KEY
  ) STRICT;

  CREATE TABLE vault_keys (
    version INTEGER NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    check_value BLOB NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX vault_keys_one_active ON vault_keys (state) WHERE state = 'active';

  CREATE TABLE secrets (
    data_source_id TEXT NOT NULL,
    field TEXT NOT NULL,
    envelope BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (data_source_id, field)
  ) STRICT;

  CREATE TABLE preferences (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
`;

export const initial: Migration = {
  version: 1,
  name: '2026_11_23_0001_initial',
  apply(sqlite) {
    sqlite.exec(schema);
    sqlite.prepare('INSERT INTO vault (vault_id) VALUES (?)').run(randomUUID());
  },
};
