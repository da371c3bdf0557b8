import type { DatabaseList, DatabaseSizes } from '../../../shared/model/databases.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { AppError } from '../../base/AppError.ts';
import type { ServerReader } from '../../sessions/ServerReader.ts';
import type { ConnectService } from '../connecting/ConnectService.ts';
import { databaseId, type OtherDatabases } from './OtherDatabases.ts';

export interface DatabaseServiceOptions {
  readonly others: OtherDatabases;
  readonly server: Pick<ServerReader, 'databases' | 'databaseSizes'>;
  readonly connecting: Pick<ConnectService, 'connectDatabase'>;
}

/** The other databases of the server of a data source: listing and opening them. */
export class DatabaseService {
  readonly #options: DatabaseServiceOptions;

  constructor(options: DatabaseServiceOptions) {
    this.#options = options;
  }

  /** Those that the server lists, connecting to it first if need be. */
  async list(id: DataSourceId, signal: AbortSignal): Promise<DatabaseList> {
    const { others, server } = this.#options;
    const sourceId = others.savedIdOf(id);
    const databases = await server.databases(sourceId, signal);
    return {
      databases: databases.map((database) => {
        const { name, refusal } = database;
        // One that refuses the user is shown, and never connected to.
        const id = refusal === null ? others.listed(sourceId, name) : databaseId(sourceId, name);
        return { ...database, id };
      }),
    };
  }

  /** What they take on the disk of the server. */
  async sizes(id: DataSourceId, signal: AbortSignal): Promise<DatabaseSizes> {
    const { others, server } = this.#options;
    return { sizes: [...(await server.databaseSizes(others.savedIdOf(id), signal))] };
  }

  /**
   * Connects to one with the settings and secrets of its data source. The server is asked for its databases first where
   * it has not listed this one yet: no name from elsewhere is ever connected to.
   * @throws NOT_FOUND when the server has no such database for this user, or why it could not connect
   */
  async open(id: DataSourceId, database: string, signal: AbortSignal): Promise<void> {
    const { others, connecting } = this.#options;
    const sourceId = others.savedIdOf(id);
    if (others.idOf(sourceId, database) === null) await this.list(sourceId, signal);
    const databaseId = others.idOf(sourceId, database);
    if (databaseId === null) throw databaseGone(database);
    await connecting.connectDatabase(sourceId, databaseId, signal);
  }
}

const databaseGone = (database: string): AppError =>
  new AppError('NOT_FOUND', {
    title: 'This database is not open to you',
    detail: database,
    causes: ['It was dropped or renamed.', 'This user may not connect to it any more.'],
    fixes: ['Refresh the list of databases.'],
  });
