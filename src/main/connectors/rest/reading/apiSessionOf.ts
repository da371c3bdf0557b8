import { AppError } from '../../../base/AppError.ts';
import type { Connection } from '../../Connection.ts';
import type { ApiSession } from '../ApiSession.ts';

const isApiSession = (connection: Connection): connection is Connection & ApiSession =>
  'send' in connection && 'config' in connection;

/** What a connection of this engine is beside a connection. @throws INTERNAL for one of another engine */
export function apiSessionOf(connection: Connection): ApiSession {
  if (isApiSession(connection)) return connection;
  throw new AppError('INTERNAL', { title: 'This connection belongs to another engine' });
}
