import { z } from 'zod';
import type { InterventionOutcome } from '../../../../shared/model/serverActivity.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ActivityReader, InterventionTarget, ServerActivity } from '../../ServerActivity.ts';
import { absentActivity } from '../../sql/absentActivity.ts';
import { runCatalogueStatement } from '../../sql/askCatalogue.ts';
import { parseRows } from '../catalogue/resultRows.ts';
import { buildNamed } from '../family/builds.ts';
import { PostgresActivityReader } from './PostgresActivityReader.ts';
import { cancelSql, terminateSql } from './sessionSql.ts';

const outcomeRow = z.tuple([z.enum(['sent', 'over', 'gone'])]);

/** The sessions of a PostgreSQL server. */
export class PostgresActivity implements ServerActivity {
  reader(connection: SqlConnection): ActivityReader {
    const { isPlain } = buildNamed(connection.server.build);
    return isPlain ? absentActivity : new PostgresActivityReader(connection);
  }

  cancel(
    connection: SqlConnection,
    { sessionId, statementId }: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome> {
    return intervene(connection, cancelSql, [sessionId, statementId], options);
  }

  terminate(
    connection: SqlConnection,
    { sessionId }: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome> {
    return intervene(connection, terminateSql, [sessionId], options);
  }
}

async function intervene(
  connection: SqlConnection,
  text: string,
  [sessionId, ...others]: readonly [string, ...(string | null)[]],
  options: QueryOptions,
): Promise<InterventionOutcome> {
  const values = [processOf(sessionId), sessionId, ...others];
  try {
    const answer = await runCatalogueStatement(connection, { text, values }, options);
    return parseRows(answer, outcomeRow)[0]?.[0] ?? 'gone';
  } catch (error) {
    if (isAppError(error) && error.code === 'PERMISSION_DENIED') throw notPermitted(error);
    throw error;
  }
}

/** The process of a session, as its id begins with. */
function processOf(sessionId: string): number {
  const [text = ''] = /^\d{1,9}(?=\.)/.exec(sessionId) ?? [];
  if (text === '') throw new AppError('INVALID_INPUT', { title: 'This is no session of the server' });
  return Number(text);
}

function notPermitted(error: AppError): AppError {
  return new AppError('PERMISSION_DENIED', {
    title: 'The server does not let this user end sessions of others',
    detail: error.detail,
    driverCode: error.driverCode,
    causes: [
      'The session belongs to another role, and this user is neither a member of it nor of pg_signal_backend.',
      'The session belongs to a superuser; only a superuser may end it.',
    ],
    fixes: [
      'Ask the administrator for the role: GRANT pg_signal_backend TO ….',
      'Connect as the role of the session.',
    ],
    cause: error,
  });
}
