import { AppError } from '../base/AppError.ts';
import type { Connection, SqlConnection } from './Connection.ts';
import type { Connector } from './Connector.ts';
import type { Dialect } from './Dialect.ts';

export const speaksSql = (connection: Connection): connection is SqlConnection => 'run' in connection;

/** The session of an engine with SQL. @throws UNSUPPORTED for any other, of which the window asks no such thing */
export function requireSql(connection: Connection): SqlConnection {
  if (speaksSql(connection)) return connection;
  throw noSqlError();
}

/** How an engine with SQL writes it. @throws UNSUPPORTED for any other */
export function requireDialect({ dialect }: Pick<Connector, 'dialect'>): Dialect {
  if (dialect === null) throw noSqlError();
  return dialect;
}

const noSqlError = (): AppError =>
  new AppError('UNSUPPORTED', {
    title: 'This data source does not understand SQL',
    fixes: ['Open its resources in the navigator.'],
  });
