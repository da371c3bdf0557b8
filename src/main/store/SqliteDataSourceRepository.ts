import { z } from 'zod';
import { type DataSource, dataSourceSchema } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { DataSourceRepository } from '../connections/DataSourceRepository.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Database, Statement } from './Database.ts';

const rowSchema = z.object({
  id: z.string(),
  fields: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
});

/** A row that is no data source as this version knows them. It is kept as it is and never shown or overwritten. */
export interface DamagedDataSource {
  readonly id: string;
  /** Which parts are wrong, such as `port: Port must be between 1 and 65535`; holds none of their values. */
  readonly problems: readonly string[];
}

type Reading = { readonly dataSource: DataSource } | { readonly damaged: DamagedDataSource };

/** As people sort: `Ärger` beside `arger`, `db 2` before `db 10`. */
const byName = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Data sources in SQLite: what a person edits as one JSON value, parsed by the model's schema on each reading. */
export class SqliteDataSourceRepository implements DataSourceRepository {
  readonly #database: Database;
  readonly #logger: Logger;
  /** Ids already logged as damaged, so that each is one line and not one for every reading. */
  readonly #logged = new Set<string>();
  readonly #selectListed: Statement;
  readonly #selectOne: Statement;
  readonly #upsert: Statement;
  readonly #markRemoved: Statement;
  readonly #restore: Statement;
  readonly #deleteRemovedSecrets: Statement;
  readonly #deleteRemoved: Statement;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
    const columns = 'id, fields, created_at, updated_at';
    this.#selectListed = database.prepare(`SELECT ${columns} FROM data_sources WHERE removed_at IS NULL`);
    this.#selectOne = database.prepare(`SELECT ${columns} FROM data_sources WHERE id = ?`);
    this.#upsert = database.prepare(
      `INSERT INTO data_sources (${columns}) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         fields = excluded.fields, created_at = excluded.created_at, updated_at = excluded.updated_at`,
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
  }

  list(): DataSource[] {
    return this.#readings()
      .flatMap((reading) => ('dataSource' in reading ? [reading.dataSource] : []))
      .sort((left, right) => byName.compare(left.name, right.name) || compareText(left.id, right.id));
  }

  /** Those of the list that could not be read. */
  damaged(): DamagedDataSource[] {
    return this.#readings().flatMap((reading) => ('damaged' in reading ? [reading.damaged] : []));
  }

  /** Null also for a damaged one: nothing can be done with it but keep it. */
  find(id: DataSourceId): DataSource | null {
    const row = this.#selectOne.get(id);
    if (row === undefined) return null;
    const reading = this.#read(row);
    return 'dataSource' in reading ? reading.dataSource : null;
  }

  put(dataSource: DataSource): void {
    // Never keeps what could not be read back.
    const { id, createdAt, updatedAt, ...fields } = dataSourceSchema.parse(dataSource);
    this.#upsert.run(id, JSON.stringify(fields), createdAt, updatedAt);
  }

  markRemoved(id: DataSourceId, at: number): void {
    this.#markRemoved.run(at, id);
  }

  restore(id: DataSourceId): void {
    this.#restore.run(id);
  }

  purgeRemoved(): DataSourceId[] {
    return this.#database.transaction(() => {
      this.#deleteRemovedSecrets.run();
      return this.#deleteRemoved.all().map((row) => rowSchema.pick({ id: true }).parse(row).id);
    });
  }

  transaction<Value>(work: () => Value): Value {
    return this.#database.transaction(work);
  }

  #readings(): Reading[] {
    return this.#selectListed.all().map((row) => this.#read(row));
  }

  #read(row: unknown): Reading {
    const reading = toDataSource(row);
    if ('damaged' in reading && !this.#logged.has(reading.damaged.id)) {
      this.#logged.add(reading.damaged.id);
      this.#logger.warn('A saved data source cannot be read and is left out', {
        dataSourceId: reading.damaged.id,
        reason: reading.damaged.problems.join('; '),
      });
    }
    return reading;
  }
}

function toDataSource(row: unknown): Reading {
  const { id, fields, created_at: createdAt, updated_at: updatedAt } = rowSchema.parse(row);
  const value = parseObject(fields);
  if (value === null) return { damaged: { id, problems: ['not a JSON object'] } };
  const parsed = dataSourceSchema.safeParse({ ...value, id, createdAt, updatedAt });
  if (parsed.success) return { dataSource: parsed.data };
  return { damaged: { id, problems: parsed.error.issues.map(describeIssue) } };
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Codes, not messages: zod's own messages may quote what stands in the row. */
function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || 'row'}: ${issue.code}`;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
