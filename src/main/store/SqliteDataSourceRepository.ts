import { z } from 'zod';
import {
  type DamagedDataSource,
  type DataSource,
  dataSourceSchema,
  type Integrity,
} from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  DataSourceRepository,
  InspectedDataSource,
  SecretRevisions,
} from '../dataSources/DataSourceRepository.ts';
import type { Logger } from '../observability/Logger.ts';
import type { NextSigner, PreparedSignature, SignedRows } from '../vault/SignedRows.ts';
import type { Signature, Signer } from '../vault/Signer.ts';
import type { Database, Statement } from './Database.ts';
import {
  coveredContent,
  type DataSourceRow,
  dataSourceColumns,
  isWhole,
  type Reading,
  readDataSource,
  readSecretRevisions,
  toDataSourceRow,
} from './dataSourceRow.ts';
import { digestOf, secretRevisionsText, signedContent } from './signedRow.ts';

export interface SqliteDataSourceRepositoryOptions {
  readonly database: Database;
  readonly signer: Signer;
  readonly logger: Logger;
}

const idSchema = z.object({ id: z.string() });
const revisionSchema = z.object({ field: z.string(), revision: z.number() });

/** Rows signed before others get their turn; about 5 ms. */
const preparedPageSize = 100;

/** As people sort: `Ärger` beside `arger`, `db 2` before `db 10`. */
const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/**
 * Data sources in SQLite: what a person edits as one JSON value, parsed by the model's schema on each reading. Each row
 * has a digest and, when the vault's key was in memory, a signature. A row that is no data source as this version knows
 * them is kept as it is, and never shown as one or overwritten.
 */
export class SqliteDataSourceRepository implements DataSourceRepository, SignedRows {
  readonly #options: SqliteDataSourceRepositoryOptions;
  /** Ids already logged as damaged, so that each is one line and not one for every reading. */
  readonly #logged = new Set<string>();
  readonly #parsed = new Map<string, { readonly row: DataSourceRow; readonly reading: Reading }>();
  readonly #selectListed: Statement;
  readonly #selectAll: Statement;
  readonly #selectOne: Statement;
  readonly #selectIsListed: Statement;
  readonly #upsert: Statement;
  readonly #selectPage: Statement;
  readonly #selectNotSignedBy: Statement;
  readonly #selectRevisions: Statement;
  readonly #updateRevisions: Statement;
  readonly #updateSignature: Statement;
  readonly #replaceSignature: Statement;
  readonly #markRemoved: Statement;
  readonly #restore: Statement;
  readonly #deleteRemovedSecrets: Statement;
  readonly #deleteRemoved: Statement;
  readonly #deleteSecrets: Statement;
  readonly #deleteRow: Statement;

  constructor(options: SqliteDataSourceRepositoryOptions) {
    this.#options = options;
    const { database } = options;
    const select = `SELECT ${dataSourceColumns} FROM data_sources`;
    this.#selectListed = database.prepare(`${select} WHERE removed_at IS NULL`);
    this.#selectAll = database.prepare(select);
    this.#selectOne = database.prepare(`${select} WHERE id = ?`);
    this.#selectIsListed = database.prepare('SELECT 1 FROM data_sources WHERE id = ? AND removed_at IS NULL');
    this.#upsert = database.prepare(
      `INSERT INTO data_sources
         (id, fields, created_at, updated_at, secret_revisions, digest, mac, mac_key_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         fields = excluded.fields, created_at = excluded.created_at, updated_at = excluded.updated_at,
         secret_revisions = excluded.secret_revisions, digest = excluded.digest, mac = excluded.mac,
         mac_key_version = excluded.mac_key_version, signed_fields = NULL`,
    );
    this.#selectPage = database.prepare(`${select} WHERE rowid > ? ORDER BY rowid LIMIT ${preparedPageSize}`);
    this.#selectNotSignedBy = database.prepare(`${select} WHERE mac_key_version IS NOT ?`);
    this.#selectRevisions = database.prepare('SELECT field, revision FROM secrets WHERE data_source_id = ?');
    this.#updateRevisions = database.prepare('UPDATE data_sources SET secret_revisions = ? WHERE rowid = ?');
    this.#replaceSignature = database.prepare(
      `UPDATE data_sources SET mac = ?, mac_key_version = ?, digest = ?, signed_fields = NULL
       WHERE rowid = ? AND mac = ?`,
    );
    this.#updateSignature = database.prepare(
      `UPDATE data_sources SET mac = ?, mac_key_version = ?, digest = ?, signed_fields = NULL
       WHERE rowid = ?`,
    );
    this.#markRemoved = database.prepare('UPDATE data_sources SET removed_at = ? WHERE id = ?');
    this.#restore = database.prepare('UPDATE data_sources SET removed_at = NULL WHERE id = ?');
    this.#deleteRemovedSecrets = database.prepare(
      `DELETE FROM secrets
       WHERE data_source_id IN (SELECT id FROM data_sources WHERE removed_at IS NOT NULL)`,
    );
    this.#deleteRemoved = database.prepare(
      'DELETE FROM data_sources WHERE removed_at IS NOT NULL RETURNING id',
    );
    this.#deleteSecrets = database.prepare('DELETE FROM secrets WHERE data_source_id = ?');
    this.#deleteRow = database.prepare('DELETE FROM data_sources WHERE rowid = ?');
  }

  list(): DataSource[] {
    return this.#listed()
      .flatMap((row) => this.#dataSourceOf(row) ?? [])
      .sort(byNameAndId);
  }

  inspectAll(): InspectedDataSource[] {
    return this.#listed()
      .flatMap((row) => this.#inspect(row) ?? [])
      .sort((left, right) => byNameAndId(left.dataSource, right.dataSource));
  }

  damaged(): DamagedDataSource[] {
    return this.#listed().flatMap((row) => {
      const reading = this.#read(row);
      return 'damaged' in reading ? [reading.damaged] : [];
    });
  }

  find(id: DataSourceId): DataSource | null {
    const row = this.#row(id);
    return row === null ? null : this.#dataSourceOf(row);
  }

  isListed(id: DataSourceId): boolean {
    return this.#selectIsListed.get(id) !== undefined;
  }

  findListed(id: DataSourceId): DataSource | null {
    return this.isListed(id) ? this.find(id) : null;
  }

  inspect(id: DataSourceId): InspectedDataSource | null {
    const row = this.#row(id);
    return row === null ? null : this.#inspect(row);
  }

  integrityOf(id: DataSourceId): Integrity {
    const row = this.#row(id);
    return row === null ? 'changed' : this.#integrityOf(row);
  }

  put(dataSource: DataSource, secretRevisions: SecretRevisions): void {
    // Never keeps what could not be read back.
    const { id, createdAt, updatedAt, ...values } = dataSourceSchema.parse(dataSource);
    const fields = JSON.stringify(values);
    const revisions = secretRevisionsText(secretRevisions);
    const content = signedContent({
      id,
      fields: Buffer.from(fields, 'utf8'),
      createdAt,
      updatedAt,
      secretRevisions: Buffer.from(revisions, 'utf8'),
    });
    const signature = this.#options.signer.sign('data-source', content);
    const signed = [digestOf(content), signature?.mac ?? null, signature?.keyVersion ?? null];
    this.#upsert.run(id, fields, createdAt, updatedAt, revisions, ...signed);
  }

  markRemoved(id: DataSourceId, at: number): void {
    this.#markRemoved.run(at, id);
  }

  restore(id: DataSourceId): void {
    this.#restore.run(id);
  }

  purgeRemoved(): DataSourceId[] {
    return this.transaction(() => {
      this.#parsed.clear();
      this.#deleteRemovedSecrets.run();
      return this.#deleteRemoved.all().map((row) => idSchema.parse(row).id);
    });
  }

  /** By the row's number: an id that is damaged itself may be another text in the file than what is shown of it. */
  removeDamaged(id: string): boolean {
    return this.transaction(() => {
      const row = this.#listed().find((candidate) => {
        const reading = readDataSource(candidate);
        return 'damaged' in reading && reading.damaged.id === id;
      });
      if (row === undefined) return false;
      this.#deleteSecrets.run(row.id);
      this.#deleteRow.run(row.rowid);
      return true;
    });
  }

  async prepare(
    current: Signer,
    next: (content: Buffer) => Signature,
    pause: () => Promise<void>,
  ): Promise<readonly PreparedSignature[]> {
    const prepared: PreparedSignature[] = [];
    let after = 0;
    for (;;) {
      const page = this.#selectPage.all(after).map(toDataSourceRow);
      for (const row of page) {
        if (row.signature === null || !mayBeSigned(row, current)) continue;
        const content = signedContent(row);
        const { mac: oldMac } = row.signature;
        prepared.push({ row: row.rowid, oldMac, signature: next(content), digest: digestOf(content) });
      }
      after = page.at(-1)?.rowid ?? after;
      await pause();
      if (page.length < preparedPageSize) return prepared;
    }
  }

  resign(current: Signer | null, next: NextSigner, prepared: readonly PreparedSignature[] = []): void {
    this.transaction(() => {
      for (const { row, oldMac, signature, digest } of prepared) {
        this.#replaceSignature.run(signature.mac, signature.keyVersion, digest, row, oldMac);
      }
      const version = prepared[0]?.signature.keyVersion;
      const rest = version === undefined ? this.#selectAll.all() : this.#selectNotSignedBy.all(version);
      for (const row of rest.map(toDataSourceRow)) this.#resignRow(row, current, next);
    });
  }

  #resignRow(row: DataSourceRow, current: Signer | null, next: NextSigner): void {
    if (!mayBeSigned(row, current)) return;
    const content = current === null ? this.#withRevisionsOfNow(row) : signedContent(row);
    const signature = next?.(content) ?? null;
    const signed = [signature?.mac ?? null, signature?.keyVersion ?? null, digestOf(content)];
    this.#updateSignature.run(...signed, row.rowid);
  }

  /** In a vault without a key no secret was stored, so the row knows none of those that come into it with the key. */
  #withRevisionsOfNow(row: DataSourceRow): Buffer {
    const secrets = z.array(revisionSchema).parse(this.#selectRevisions.all(row.id));
    const revisions = Object.fromEntries(secrets.map(({ field, revision }) => [field, revision]));
    const text = secretRevisionsText(revisions);
    this.#updateRevisions.run(text, row.rowid);
    return signedContent({ ...row, secretRevisions: Buffer.from(text, 'utf8') });
  }

  transaction<Value>(work: () => Value): Value {
    return this.#options.database.transaction(work);
  }

  #listed(): DataSourceRow[] {
    return this.#selectListed.all().map(toDataSourceRow);
  }

  #row(id: DataSourceId): DataSourceRow | null {
    const row = this.#selectOne.get(id);
    return row === undefined ? null : toDataSourceRow(row);
  }

  #dataSourceOf(row: DataSourceRow): DataSource | null {
    const reading = this.#read(row);
    return 'dataSource' in reading ? reading.dataSource : null;
  }

  #inspect(row: DataSourceRow): InspectedDataSource | null {
    const dataSource = this.#dataSourceOf(row);
    if (dataSource === null) return null;
    return {
      dataSource,
      integrity: this.#integrityOf(row),
      secretRevisions: readSecretRevisions(row),
      digest: digestOf(signedContent(row)).toString('hex'),
    };
  }

  /** The same bytes are parsed once: of a thousand data sources that takes most of the time. */
  #read(row: DataSourceRow): Reading {
    const known = this.#parsed.get(row.id);
    if (known !== undefined && isSameContent(known.row, row)) return known.reading;
    const reading = readDataSource(row);
    this.#parsed.set(row.id, { row, reading });
    if ('damaged' in reading && !this.#logged.has(reading.damaged.id)) {
      this.#logged.add(reading.damaged.id);
      this.#options.logger.warn('A saved data source cannot be read and is left out', {
        dataSourceId: reading.damaged.id,
        reason: reading.damaged.problems.join('; '),
      });
    }
    return reading;
  }

  #integrityOf(row: DataSourceRow): Integrity {
    const covered = coveredContent(row);
    if (!isWhole(row, covered)) return 'changed';
    if (row.signature === null) return 'unsigned';
    return meaning[this.#options.signer.check('data-source', covered, row.signature)];
  }
}

const meaning = { right: 'intact', wrong: 'changed', unknown: 'unchecked' } as const;

function mayBeSigned(row: DataSourceRow, current: Signer | null): boolean {
  const covered = coveredContent(row);
  if (!isWhole(row, covered)) return false;
  if (current === null) return true;
  const { signature } = row;
  return signature !== null && current.check('data-source', covered, signature) === 'right';
}

function isSameContent(left: DataSourceRow, right: DataSourceRow): boolean {
  return (
    left.createdAt === right.createdAt &&
    left.updatedAt === right.updatedAt &&
    left.fields.equals(right.fields)
  );
}

function byNameAndId(left: DataSource, right: DataSource): number {
  return byName.compare(left.name, right.name) || compareText(left.id, right.id);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
