import type { SqlConnection } from '../../Connection.ts';
import type { DatabaseList } from '../../Connector.ts';
import { listNames } from '../../sql/listNames.ts';

/** Databases that most servers have. The third is called like the user, as tools make it. */
const usual = ['postgres', 'template1'];

/** Why the role cannot work in a database `d`; NULL where it may connect. -2 stands for a removal that was interrupted. */
export const refusalOfDatabase = `CASE WHEN d.datconnlimit = -2 THEN 'broken' WHEN NOT d.datallowconn THEN 'closed'
       WHEN NOT pg_catalog.has_database_privilege(d.oid, 'CONNECT') THEN 'missing-right' END`;

const namesSql = `SELECT d.datname FROM pg_catalog.pg_database d
WHERE NOT d.datistemplate AND ${refusalOfDatabase} IS NULL
ORDER BY d.datname`;

export const postgresDatabases: DatabaseList<'postgres'> = {
  elsewhere: (config) =>
    [...usual, config.user]
      .filter((database) => database !== config.database)
      .map((database) => ({ ...config, database })),
  // The session of this engine's own connector, as everywhere in its catalogue.
  names: (connection: SqlConnection, options) => listNames(connection, namesSql, options),
};
