import { z } from 'zod';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  SealedSecret,
  SecretRef,
  SecretRepository,
  StagedSecret,
} from '../vault/secrets/SecretRepository.ts';
import type { Database, Statement } from './Database.ts';

const columnsSchema = z.object({
  data_source_id: z.string(),
  field: z.string(),
  envelope: z.instanceof(Buffer),
  key_version: z.number(),
  revision: z.number(),
});

const secretSchema = columnsSchema.transform(
  (row): SealedSecret => ({
    dataSourceId: row.data_source_id,
    field: row.field,
    envelope: row.envelope,
    keyVersion: row.key_version,
    revision: row.revision,
  }),
);

const stagedSchema = columnsSchema.extend({ from_key_version: z.number() }).transform(
  (row): StagedSecret => ({
    dataSourceId: row.data_source_id,
    field: row.field,
    envelope: row.envelope,
    keyVersion: row.key_version,
    revision: row.revision,
    fromKeyVersion: row.from_key_version,
  }),
);

const countSchema = z.object({ count: z.int() });

/**
 * Sealed secrets in SQLite. Knows nothing of what is in an envelope: whether a row opens, and whether its numbers make
 * sense, is for the vault to find out.
 */
export class SqliteSecretRepository implements SecretRepository {
  readonly #database: Database;
  readonly #selectOne: Statement;
  readonly #upsert: Statement;
  readonly #delete: Statement;
  readonly #deleteAll: Statement;
  readonly #selectFor: Statement;
  readonly #count: Statement;
  readonly #countWithKey: Statement;
  readonly #page: (after: SecretRef | null, limit: number) => unknown[];
  readonly #stage: Statement;
  readonly #stagedPage: (after: SecretRef | null, limit: number) => unknown[];
  readonly #switch: Statement;
  readonly #clearStaged: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#selectOne = database.prepare('SELECT * FROM secrets WHERE data_source_id = ? AND field = ?');
    this.#upsert = database.prepare(
      `INSERT INTO secrets (data_source_id, field, envelope, key_version, revision) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (data_source_id, field) DO UPDATE SET
         envelope = excluded.envelope, key_version = excluded.key_version, revision = excluded.revision`,
    );
    this.#delete = database.prepare('DELETE FROM secrets WHERE data_source_id = ? AND field = ?');
    this.#deleteAll = database.prepare('DELETE FROM secrets');
    this.#selectFor = database.prepare('SELECT * FROM secrets WHERE data_source_id = ? ORDER BY field');
    this.#count = database.prepare('SELECT count(*) AS count FROM secrets');
    this.#countWithKey = database.prepare('SELECT count(*) AS count FROM secrets WHERE key_version = ?');
    this.#page = paging(database, 'secrets');
    this.#stage = database.prepare(
      `INSERT OR REPLACE INTO secrets_staged
         (data_source_id, field, envelope, key_version, revision, from_key_version)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#stagedPage = paging(database, 'secrets_staged');
    this.#switch = database.prepare(
      `UPDATE secrets SET envelope = staged.envelope, key_version = staged.key_version
       FROM secrets_staged AS staged
       WHERE staged.data_source_id = secrets.data_source_id AND staged.field = secrets.field
         AND staged.from_key_version = secrets.key_version AND staged.revision = secrets.revision`,
    );
    this.#clearStaged = database.prepare('DELETE FROM secrets_staged');
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

  page(after: SecretRef | null, limit: number): SealedSecret[] {
    return z.array(secretSchema).parse(this.#page(after, limit));
  }

  count(): number {
    return countSchema.parse(this.#count.get()).count;
  }

  countWithKey(keyVersion: number): number {
    return countSchema.parse(this.#countWithKey.get(keyVersion)).count;
  }

  /** Those that wait for a switch too. */
  removeAll(): void {
    this.#database.transaction(() => {
      this.#deleteAll.run();
      this.#clearStaged.run();
    });
  }

  stage(secrets: readonly StagedSecret[]): void {
    this.#database.transaction(() => {
      for (const secret of secrets) {
        this.#stage.run(
          secret.dataSourceId,
          secret.field,
          secret.envelope,
          secret.keyVersion,
          secret.revision,
          secret.fromKeyVersion,
        );
      }
    });
  }

  stagedPage(after: SecretRef | null, limit: number): StagedSecret[] {
    return z.array(stagedSchema).parse(this.#stagedPage(after, limit));
  }

  switchStaged(): number {
    return this.#database.transaction(() => {
      const replacedCount = this.#switch.run();
      this.#clearStaged.run();
      return replacedCount;
    });
  }

  clearStaged(): void {
    this.#clearStaged.run();
  }
}

/** Two statements, so that each is a walk along the primary key. */
function paging(database: Database, table: 'secrets' | 'secrets_staged') {
  const inOrder = 'ORDER BY data_source_id, field LIMIT ?';
  const first = database.prepare(`SELECT * FROM ${table} ${inOrder}`);
  const next = database.prepare(`SELECT * FROM ${table} WHERE (data_source_id, field) > (?, ?) ${inOrder}`);
  return (after: SecretRef | null, limit: number): unknown[] =>
    after === null ? first.all(limit) : next.all(after.dataSourceId, after.field, limit);
}
