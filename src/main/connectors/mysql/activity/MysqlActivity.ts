import { z } from 'zod';
import type { InterventionOutcome } from '../../../../shared/model/serverActivity.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ActivityReader, InterventionTarget, ServerActivity } from '../../ServerActivity.ts';
import { absentActivity } from '../../sql/absentActivity.ts';
import { numberCell } from '../../sql/askCatalogue.ts';
import { askRows } from '../catalogue/catalogueRows.ts';
import { errnoOf } from '../errors/serverWords.ts';
import { buildNamed } from '../family/builds.ts';
import { MysqlActivityReader } from './MysqlActivityReader.ts';

const errno = { noSuchSession: 1094, notPermitted: 1095, noSuchStatement: 1957 } as const;

/** The sessions of a MySQL or MariaDB server. */
export class MysqlActivity implements ServerActivity {
  reader(connection: SqlConnection): ActivityReader {
    const { hasActivity } = buildNamed(connection.server.build);
    return hasActivity ? new MysqlActivityReader(connection) : absentActivity;
  }

  /** MariaDB kills a statement by its number. MySQL is asked first whether it still runs. */
  async cancel(
    connection: SqlConnection,
    { sessionId, statementId }: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome> {
    const session = numberIn(sessionId, /^(\d{1,19})$/);
    const query = /^query (\d{1,19})$/.exec(statementId ?? '')?.[1];
    if (query !== undefined) return kill(connection, `KILL QUERY ID ${query}`, options);
    const event = /^event (\d{1,19})$/.exec(statementId ?? '')?.[1];
    if (event !== undefined && !(await isRunning(connection, session, event, options))) return 'over';
    return kill(connection, `KILL QUERY ${session}`, options);
  }

  async terminate(
    connection: SqlConnection,
    { sessionId }: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome> {
    return kill(connection, `KILL CONNECTION ${numberIn(sessionId, /^(\d{1,19})$/)}`, options);
  }
}

function numberIn(id: string, pattern: RegExp): string {
  const number = pattern.exec(id)?.[1];
  if (number === undefined)
    throw new AppError('INVALID_INPUT', { title: 'This is no session of the server' });
  return number;
}

async function isRunning(
  connection: SqlConnection,
  session: string,
  event: string,
  options: QueryOptions,
): Promise<boolean> {
  const text = `
    SELECT COUNT(*) FROM performance_schema.events_statements_current e
    JOIN performance_schema.threads t ON t.THREAD_ID = e.THREAD_ID
    WHERE t.PROCESSLIST_ID = ? AND e.EVENT_ID = ? AND e.END_EVENT_ID IS NULL`;
  const rows = await askRows(connection, { text, values: [session, event] }, z.tuple([numberCell]), options);
  return rows[0]?.[0] === 1;
}

async function kill(
  connection: SqlConnection,
  text: string,
  options: QueryOptions,
): Promise<InterventionOutcome> {
  try {
    await connection.query({ text }, { ...options, purpose: 'catalogue' });
    return 'sent';
  } catch (error) {
    const number = isAppError(error) ? errnoOf(error.cause) : null;
    if (number === errno.noSuchSession) return 'gone';
    if (number === errno.noSuchStatement) return 'over';
    if (number === errno.notPermitted && isAppError(error)) throw notPermitted(error);
    throw error;
  }
}

function notPermitted(error: AppError): AppError {
  return new AppError('PERMISSION_DENIED', {
    title: 'The server does not let this user end sessions of others',
    detail: error.detail,
    driverCode: error.driverCode,
    causes: ['The session belongs to another account, and this user has no right to end those.'],
    fixes: [
      'Ask the administrator for the privilege: CONNECTION_ADMIN in MySQL, CONNECTION ADMIN in MariaDB.',
      'Connect with the account of the session.',
    ],
    cause: error,
  });
}
