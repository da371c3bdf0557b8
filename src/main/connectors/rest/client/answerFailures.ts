import type { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { OutgoingRequest } from '../ApiSession.ts';
import { emptyAnswerError, pageInsteadOfJsonError } from '../errors/answerErrors.ts';
import { apiWords, isPage } from '../errors/apiWords.ts';
import { type RefusedRequest, ruledOutError, statusError } from '../errors/statusErrors.ts';
import { headerOf } from '../HeaderLines.ts';
import { retryAfterMs } from './pacing/rateHeaders.ts';
import type { RoutedAnswer } from './RequestRoute.ts';
import { placeText } from './urls.ts';

const noContent = new Set([204, 205]);

/** Why an answer with a good status is none that records can be read from; null when it may be one. */
export function contentFailure({ answer, url, redirectedFrom }: RoutedAnswer, request: OutgoingRequest) {
  const { status, body, headers } = answer;
  if (request.method === 'HEAD' || noContent.has(status)) return null;
  const contentType = headerOf(headers, 'content-type') ?? '';
  // Lines of JSON may be none.
  if (body.length === 0 && !/ndjson|json-?l|jsonlines/i.test(contentType)) {
    return emptyAnswerError(request.method, placeText(url), status);
  }
  if (!isPage(body, contentType)) return null;
  const words = apiWords(body, contentType, '');
  return pageInsteadOfJsonError(cleanText(url.pathname, 200), words, redirectedFrom.length > 0);
}

/** Why an answer is taken for a failure. */
export function refusalError(
  { answer, url }: RoutedAnswer,
  { method, messageSelector }: OutgoingRequest,
  isByRule: boolean,
  wallMs: number,
): AppError {
  const { status, body, headers } = answer;
  const contentType = headerOf(headers, 'content-type') ?? '';
  const refused: RefusedRequest = {
    ...{ method, status },
    place: placeText(url),
    words: apiWords(body, contentType, messageSelector),
    accepted: cleanText(headerOf(headers, status === 405 ? 'allow' : 'accept') ?? '', 200),
    retryAfterMs: retryAfterMs(headers, wallMs),
  };
  return isByRule ? ruledOutError(refused) : statusError(refused);
}
