import type { Answer, ApiRequest } from '../../../../shared/model/requests.ts';
import { safeMethods } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import type { Clock } from '../../../base/Clock.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import type { Connection, QueryOptions } from '../../Connection.ts';
import { apiSessionOf } from '../reading/apiSessionOf.ts';
import { buildRequest } from '../reading/buildRequest.ts';
import { shownAnswer } from './shownAnswer.ts';

/** Of each file in the body. */
const maxFileBytes = 64 * 1024 * 1024;
const readPart = (path: string): Promise<Buffer> => readWhole(path, maxFileBytes);

/** Sends a request as a person has written it. @throws READ_ONLY, or as `ApiSession.send` */
export async function sendVerbatim(
  connection: Connection,
  request: ApiRequest,
  { signal, purpose = 'user' }: QueryOptions,
  clock: Clock,
): Promise<Answer> {
  const session = apiSessionOf(connection);
  if (session.isReadOnly && !safeMethods.has(request.method)) throw readOnlyError(request.method);
  const scope = { values: new Map(), nowMs: clock.wallMs() };
  const outgoing = await buildRequest(session.config, request, scope, readPart);
  const sentFor = purpose === 'part' ? 'user' : purpose;
  const answer = await session.send(outgoing, { signal, purpose: sentFor, isVerbatim: true });
  return shownAnswer(request.method, answer, session.redactor);
}

function readOnlyError(method: string): AppError {
  return new AppError('READ_ONLY', {
    title: 'This data source is read-only',
    detail: `A ${method} request may change something at the API. It was not sent.`,
    fixes: ['Send a GET request.', 'Turn off “Read-only” in the settings of the data source.'],
  });
}
