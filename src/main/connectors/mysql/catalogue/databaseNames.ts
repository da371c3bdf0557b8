import type { SqlConnection } from '../../Connection.ts';
import type { DatabaseList } from '../../Connector.ts';
import { listNames } from '../../sql/listNames.ts';

const namesSql = 'SELECT schema_name FROM information_schema.schemata ORDER BY schema_name';

export const mysqlDatabases: DatabaseList<'mysql'> = {
  elsewhere: (config) => [{ ...config, database: null }],
  // The session of this engine's own connector, as everywhere in its catalogue.
  names: (connection: SqlConnection, options) => listNames(connection, namesSql, options),
};
