import type Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Migration } from '../Migration.ts';
import { digestOf, secretRevisionsText, signedContent } from '../signedRow.ts';

/**
 * The vault's modes, rotation in two steps (keys that are `next`, secrets that wait in `secrets_staged`), the audit
 * trail, and data sources that are signed. The keys that the first format knows are all in the keychain.
 */
const schema = `
  ALTER TABLE vault ADD COLUMN mode TEXT;
  ALTER TABLE vault ADD COLUMN has_passphrase INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE vault ADD COLUMN last_rotation_at INTEGER;
  ALTER TABLE vault ADD COLUMN highest_key_version INTEGER NOT NULL DEFAULT 0;
  UPDATE vault SET highest_key_version = (SELECT coalesce(max(version), 0) FROM vault_keys);
  UPDATE vault SET mode = 'keychain' WHERE EXISTS (SELECT 1 FROM vault_keys);

  ALTER TABLE vault_keys ADD COLUMN retired_at INTEGER;
  ALTER TABLE vault_keys ADD COLUMN home TEXT NOT NULL DEFAULT 'keychain';
  ALTER TABLE vault_keys ADD COLUMN item_number INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE vault_keys ADD COLUMN is_wrapped INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE vault_keys ADD COLUMN wrapped BLOB;

  CREATE TABLE keychain_leftovers (
    account TEXT NOT NULL PRIMARY KEY
  ) STRICT;

  CREATE TABLE secrets_staged (
    data_source_id TEXT NOT NULL,
    field TEXT NOT NULL,
    envelope BLOB NOT NULL,
    key_version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    from_key_version INTEGER NOT NULL,
    PRIMARY KEY (data_source_id, field)
  ) STRICT;

  CREATE TABLE audit_entries (
    sequence INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    operation TEXT NOT NULL,
    subject TEXT,
    outcome TEXT NOT NULL,
    details TEXT NOT NULL,
    hash BLOB NOT NULL,
    mac BLOB,
    mac_key_version INTEGER
  ) STRICT;

  ALTER TABLE data_sources ADD COLUMN secret_revisions TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE data_sources ADD COLUMN digest BLOB NOT NULL DEFAULT x'';
  ALTER TABLE data_sources ADD COLUMN mac BLOB;
  ALTER TABLE data_sources ADD COLUMN mac_key_version INTEGER;
`;

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    fields: z.instanceof(Buffer),
    created_at: z.number(),
    updated_at: z.number(),
  }),
);
const revisionsSchema = z.array(z.object({ field: z.string(), revision: z.number() }));

/** Nothing is signed here: that takes the vault's key, and a person who says that the rows are as they were left. */
function describeRows(sqlite: Sqlite.Database): void {
  const revisions = sqlite.prepare('SELECT field, revision FROM secrets WHERE data_source_id = ?');
  const update = sqlite.prepare('UPDATE data_sources SET secret_revisions = ?, digest = ? WHERE id = ?');
  const rows = sqlite
    .prepare('SELECT id, CAST(fields AS BLOB) AS fields, created_at, updated_at FROM data_sources')
    .all();
  for (const { id, fields, created_at: createdAt, updated_at: updatedAt } of rowsSchema.parse(rows)) {
    const saved = revisionsSchema.parse(revisions.all(id)).map((row) => [row.field, row.revision]);
    const text = secretRevisionsText(Object.fromEntries(saved));
    const secretRevisions = Buffer.from(text, 'utf8');
    const content = signedContent({ id, fields, createdAt, updatedAt, secretRevisions });
    update.run(text, digestOf(content), id);
  }
}

export const vaultModes: Migration = {
  version: 2,
  name: '2026_11_23_0002_vault_modes',
  apply(sqlite) {
    sqlite.exec(schema);
    describeRows(sqlite);
  },
};
