import type { DatabaseSizes, ServerDatabase } from '../../shared/model/databases.ts';
import type { RightsInput, RightsPage } from '../../shared/model/roleRights.ts';
import type { ServerSetting } from '../../shared/model/serverSettings.ts';
import type { Connection, QueryOptions } from './Connection.ts';

/** What belongs to a server as a whole and not to one of its databases. */
export interface ServerCatalogue {
  /**
   * The other databases, by name, and which of them the user of this session may not connect to; at most `maxDatabases`.
   * None for a server whose sessions see all that it has.
   */
  databases(connection: Connection, options: QueryOptions): Promise<readonly ServerDatabase[]>;
  /** What those that the user may connect to take on the disk, in bytes; a server with many of them takes its time. */
  databaseSizes(connection: Connection, options: QueryOptions): Promise<DatabaseSizes['sizes']>;
  /**
   * Every setting that the role may see, by name.
   * @throws what the server refuses them with
   */
  settings(connection: Connection, options: QueryOptions): Promise<readonly ServerSetting[]>;
  /**
   * What a role may do, with what everybody may do and what it has through other roles: one page, by schema and object.
   * Only for kinds with the action `rights`.
   */
  rights(connection: Connection, input: Omit<RightsInput, 'id'>, options: QueryOptions): Promise<RightsPage>;
}
