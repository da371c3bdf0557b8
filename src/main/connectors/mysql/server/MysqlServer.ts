import type { RightsInput } from '../../../../shared/model/roleRights.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ServerCatalogue } from '../../ServerCatalogue.ts';
import { readRights } from './readRights.ts';
import { readSettings } from './readSettings.ts';

/** What a MySQL or MariaDB server has beside its schemas. */
export class MysqlServer implements ServerCatalogue {
  /** A session sees all of them, as schemas. */
  databases() {
    return Promise.resolve([]);
  }

  databaseSizes() {
    return Promise.resolve([]);
  }

  settings(connection: SqlConnection, options: QueryOptions) {
    return readSettings(connection, options);
  }

  rights(connection: SqlConnection, input: Omit<RightsInput, 'id'>, options: QueryOptions) {
    return readRights(connection, input, options);
  }
}
