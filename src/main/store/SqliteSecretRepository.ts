import { z } from 'zod';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  KeyVersionRecord,
  SealedSecret,
  SecretRef,
  SecretRepository,
} from '../vault/SecretRepository.ts';
import type { Database, Statement } from './Database.ts';
import { storeCorrupt, storeFileName } from './storeErrors.ts';

const secretSchema = z
  .object({
    data_source_id: z.string(),
    field: z.string(),
    envelope: z.instanceof(Buffer),
    key_version: z.number(),
    revision: z.number(),
  })
  .transform(
    (row): SealedSecret => ({
      dataSourceId: row.data_source_id,
      field: row.field,
      envelope: row.envelope,
      keyVersion: row.key_version,
      revision: row.revision,
    }),
  );

const keyVersionSchema = z
  .object({
    version: z.int().positive(),
    state: z.enum(['active', 'retired']),
    check_value: z.instanceof(Buffer),
    created_at: z.number(),
  })
  .transform(
    (row): KeyVersionRecord => ({
      version: row.version,
      state: row.state,
      check: row.check_value,
      createdAt: row.created_at,
    }),
  );

const vaultSchema = z.array(z.object({ vault_id: z.uuid() })).length(1);
const countSchema = z.object({ count: z.int() });

/**
 * Sealed secrets and key versions in SQLite. Knows nothing of what is in an envelope: whether a row opens, and whether
 * its numbers make sense, is for the vault to find out.
 */
export class SqliteSecretRepository implements SecretRepository {
  readonly #vaultId: string;
  readonly #selectKeyVersions: Statement;
  readonly #insertKeyVersion: Statement;
  readonly #selectOne: Statement;
  readonly #upsert: Statement;
  readonly #delete: Statement;
  readonly #selectFor: Statement;
  readonly #count: Statement;

  /** @throws STORE_CORRUPT when the file has lost the vault's id */
  constructor(database: Database) {
    this.#vaultId = readVaultId(database);
    this.#selectKeyVersions = database.prepare('SELECT * FROM vault_keys ORDER BY version');
    this.#insertKeyVersion = database.prepare(
      'INSERT INTO vault_keys (version, state, check_value, created_at) VALUES (?, ?, ?, ?)',
    );
    this.#selectOne = database.prepare('SELECT * FROM secrets WHERE data_source_id = ? AND field = ?');
    this.#upsert = database.prepare(
      `INSERT INTO secrets (data_source_id, field, envelope, key_version, revision) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (data_source_id, field) DO UPDATE SET
         envelope = excluded.envelope, key_version = excluded.key_version, revision = excluded.revision`,
    );
    this.#delete = database.prepare('DELETE FROM secrets WHERE data_source_id = ? AND field = ?');
    this.#selectFor = database.prepare('SELECT * FROM secrets WHERE data_source_id = ? ORDER BY field');
    this.#count = database.prepare('SELECT count(*) AS count FROM secrets');
  }

  vaultId(): string {
    return this.#vaultId;
  }

  /** @throws STORE_CORRUPT when a record does not parse: without all of them no key may be trusted or made */
  keyVersions(): KeyVersionRecord[] {
    const parsed = z.array(keyVersionSchema).safeParse(this.#selectKeyVersions.all());
    if (parsed.success) return parsed.data;
    throw storeCorrupt(`The list of the vault’s keys in ${storeFileName} is damaged.`, parsed.error);
  }

  addKeyVersion(record: KeyVersionRecord): void {
    this.#insertKeyVersion.run(record.version, record.state, record.check, record.createdAt);
  }

  find(ref: SecretRef): SealedSecret | null {
    const row = this.#selectOne.get(ref.dataSourceId, ref.field);
    return row === undefined ? null : secretSchema.parse(row);
  }

  put(secret: SealedSecret): void {
    this.#upsert.run(secret.dataSourceId, secret.field, secret.envelope, secret.keyVersion, secret.revision);
  }

  remove(ref: SecretRef): void {
    this.#delete.run(ref.dataSourceId, ref.field);
  }

  listFor(dataSourceId: DataSourceId): SealedSecret[] {
    return z.array(secretSchema).parse(this.#selectFor.all(dataSourceId));
  }

  count(): number {
    return countSchema.parse(this.#count.get()).count;
  }
}

function readVaultId(database: Database): string {
  const rows = vaultSchema.safeParse(database.prepare('SELECT vault_id FROM vault').all());
  const vaultId = rows.success ? rows.data[0]?.vault_id : undefined;
  if (vaultId !== undefined) return vaultId;
  throw storeCorrupt(`${storeFileName} has lost the id of its vault.`, rows.error);
}
