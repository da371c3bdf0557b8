import type { RightsInput } from '../../../../shared/model/roleRights.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ServerCatalogue } from '../../ServerCatalogue.ts';
import { readDatabaseSizes, readDatabases } from './readDatabases.ts';
import { readRights } from './readRights.ts';
import { readSettings } from './readSettings.ts';

/** What a PostgreSQL server has beside the database of a session. */
export class PostgresServer implements ServerCatalogue {
  databases(connection: SqlConnection, options: QueryOptions) {
    return readDatabases(connection, options);
  }

  databaseSizes(connection: SqlConnection, options: QueryOptions) {
    return readDatabaseSizes(connection, options);
  }

  settings(connection: SqlConnection, options: QueryOptions) {
    return readSettings(connection, options);
  }

  rights(connection: SqlConnection, input: Omit<RightsInput, 'id'>, options: QueryOptions) {
    return readRights(connection, input, options);
  }
}
