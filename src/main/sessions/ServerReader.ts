import type { DatabaseSizes, ServerDatabase } from '../../shared/model/databases.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { RightsInput, RightsPage } from '../../shared/model/roleRights.ts';
import type { ServerSettings } from '../../shared/model/serverSettings.ts';
import { AppError } from '../base/AppError.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ServerCatalogue } from '../connectors/ServerCatalogue.ts';
import type { ConnectionManager } from './ConnectionManager.ts';

/** Asks servers about what belongs to them as a whole, over a connection of one of their data sources. */
export class ServerReader {
  readonly #manager: ConnectionManager;

  constructor(manager: ConnectionManager) {
    this.#manager = manager;
  }

  /** The other databases that the user may connect to. @throws NOT_FOUND for an engine without any */
  databases(id: DataSourceId, signal: AbortSignal): Promise<readonly ServerDatabase[]> {
    return this.#ask(id, signal, (server, connection) => server.databases(connection, { signal }));
  }

  /** What they take on the disk. @throws as `databases` */
  databaseSizes(id: DataSourceId, signal: AbortSignal): Promise<DatabaseSizes['sizes']> {
    return this.#ask(id, signal, (server, connection) => server.databaseSizes(connection, { signal }));
  }

  /** @throws NOT_FOUND for an engine without settings, or what the server refuses them with */
  async settings(id: DataSourceId, signal: AbortSignal): Promise<ServerSettings> {
    const settings = await this.#ask(id, signal, (server, connection) =>
      server.settings(connection, { signal }),
    );
    return { settings: [...settings] };
  }

  /** What a role may do. @throws NOT_FOUND for an engine without roles */
  rights({ id, ...input }: RightsInput, signal: AbortSignal): Promise<RightsPage> {
    return this.#ask(id, signal, (server, connection) => server.rights(connection, input, { signal }));
  }

  #ask<Value>(
    id: DataSourceId,
    signal: AbortSignal,
    work: (server: ServerCatalogue, connection: Connection) => Promise<Value>,
  ): Promise<Value> {
    return this.#manager.withConnection(id, signal, (connection, { server }) => {
      // The window does not ask for what an engine does not have.
      if (server === null) throw new AppError('NOT_FOUND', { title: 'This server has nothing to show here' });
      return work(server, connection);
    });
  }
}
