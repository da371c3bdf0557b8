import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import { type Answer, shownBodyLength } from '../../../../shared/model/requests.ts';
import type { HeaderLines, IncomingAnswer, OutgoingRequest } from '../ApiSession.ts';
import { contentTypeOf } from './answerBody.ts';
import { shownUrl } from './paging/pagingErrors.ts';

/** Bytes of four for each character at most. */
const shownBytes = 4 * shownBodyLength;

const secretHeaders = new Set(['set-cookie', 'cookie', 'authorization', 'proxy-authorization']);

const pairsOf = (headers: HeaderLines): Answer['headers'] =>
  headers.map(([name, value]) => ({ name, value: secretHeaders.has(name.toLowerCase()) ? '•••' : value }));

/** An answer as a window may see it. */
export function shownAnswer(config: RestConfig, { method }: OutgoingRequest, answer: IncomingAnswer): Answer {
  const { body, byteCount, redirectedFrom, sentHeaders, status, statusText, timing } = answer;
  const text = body.subarray(0, shownBytes).toString('utf8').slice(0, shownBodyLength);
  return {
    method,
    url: shownUrl(config, answer.url),
    sentHeaders: pairsOf(sentHeaders),
    status,
    statusText: statusText.slice(0, 200),
    headers: pairsOf(answer.headers),
    timing,
    attempts: answer.attempts,
    redirectedFrom: redirectedFrom.map((url) => shownUrl(config, url)),
    byteCount,
    unpackedByteCount: body.length,
    contentType: contentTypeOf(answer).slice(0, 500),
    body: body.subarray(0, 1_000).includes(0) ? null : text,
    isCut: Buffer.byteLength(text) < body.length,
  };
}
