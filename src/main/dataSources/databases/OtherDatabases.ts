import { createHash } from 'node:crypto';
import { inDatabase } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { DataSourceRepository } from '../DataSourceRepository.ts';

/** Most connections of a database that was opened beside the one of its data source. None is kept while idle. */
const maxConnections = 4;

interface Origin {
  readonly sourceId: DataSourceId;
  readonly database: string;
}

/**
 * The other databases of the servers of saved data sources. Each has an id like that of a data source, and is one for
 * all that works by such an id: with the settings of the data source that it belongs to, as these are saved now, but for
 * its database. Nothing of it is saved, and no secret is its own.
 *
 * Only what a server itself has listed, over a connection of that data source, is found here.
 */
export class OtherDatabases {
  readonly #repository: Pick<DataSourceRepository, 'find' | 'findListed'>;
  readonly #origins = new Map<DataSourceId, Origin>();

  constructor(repository: Pick<DataSourceRepository, 'find' | 'findListed'>) {
    this.#repository = repository;
  }

  /** The server of a data source has listed a database. @returns the id that names it */
  listed(sourceId: DataSourceId, database: string): DataSourceId {
    const id = databaseId(sourceId, database);
    this.#origins.set(id, { sourceId, database });
    return id;
  }

  /** The id of a database; null when the server has not listed it. */
  idOf(sourceId: DataSourceId, database: string): DataSourceId | null {
    const id = databaseId(sourceId, database);
    return this.#origins.has(id) ? id : null;
  }

  /** Where it belongs to; null for a saved data source. */
  originOf(id: DataSourceId): Origin | null {
    return this.#origins.get(id) ?? null;
  }

  /** The saved data source: it itself, or the one that the database belongs to. */
  savedIdOf(id: DataSourceId): DataSourceId {
    return this.#origins.get(id)?.sourceId ?? id;
  }

  /** Those of one data source. */
  idsOf(sourceId: DataSourceId): readonly DataSourceId[] {
    return [...this.#origins].flatMap(([id, origin]) => (origin.sourceId === sourceId ? [id] : []));
  }

  /** The data source was removed. */
  forget(sourceId: DataSourceId): void {
    for (const id of this.idsOf(sourceId)) this.#origins.delete(id);
  }

  /** As the repository: a saved data source, or a database as one. */
  find(id: DataSourceId): DataSource | null {
    return this.#derived(id, (saved) => this.#repository.find(saved));
  }

  /** As `find`; null also for what belongs to a data source that was removed. */
  findListed(id: DataSourceId): DataSource | null {
    return this.#derived(id, (saved) => this.#repository.findListed(saved));
  }

  #derived(id: DataSourceId, find: (id: DataSourceId) => DataSource | null): DataSource | null {
    const origin = this.#origins.get(id);
    if (origin === undefined) return find(id);
    const source = find(origin.sourceId);
    const engine = source === null ? null : inDatabase(source.engine, origin.database);
    if (source === null || engine === null) return null;
    const { name, pool } = source;
    return {
      ...source,
      id,
      name: `${name} › ${origin.database}`,
      engine,
      pool: { ...pool, min: 0, max: Math.min(pool.max, maxConnections) },
    };
  }
}

/** A UUID (version 8) that the same database of the same data source always has, so that a tab finds it again. */
export function databaseId(sourceId: DataSourceId, database: string): DataSourceId {
  const bytes = createHash('sha256').update(`mooring-database\0${sourceId}\0${database}`).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
