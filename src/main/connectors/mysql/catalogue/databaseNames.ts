import type { DatabaseList } from '../../Connector.ts';
import { listNames } from '../../sql/listNames.ts';

const namesSql = 'SELECT schema_name FROM information_schema.schemata ORDER BY schema_name';

export const mysqlDatabases: DatabaseList<'mysql'> = {
  elsewhere: (config) => [{ ...config, database: null }],
  names: (connection, options) => listNames(connection, namesSql, options),
};
