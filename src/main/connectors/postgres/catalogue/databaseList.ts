import type { SqlConnection } from '../../Connection.ts';
import type { DatabaseList } from '../../Connector.ts';
import { listNames } from '../../sql/listNames.ts';

/** Databases that most servers have. The third is called like the user, as tools make it. */
const usual = ['postgres', 'template1'];

const namesSql = `SELECT datname FROM pg_catalog.pg_database
WHERE datallowconn AND NOT datistemplate AND pg_catalog.has_database_privilege(oid, 'CONNECT')
ORDER BY datname`;

export const postgresDatabases: DatabaseList<'postgres'> = {
  elsewhere: (config) =>
    [...usual, config.user]
      .filter((database) => database !== config.database)
      .map((database) => ({ ...config, database })),
  // The session of this engine's own connector, as everywhere in its catalogue.
  names: (connection: SqlConnection, options) => listNames(connection, namesSql, options),
};
