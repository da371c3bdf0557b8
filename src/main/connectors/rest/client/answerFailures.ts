import type { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { OutgoingRequest } from '../ApiSession.ts';
import { apiWords } from '../errors/apiWords.ts';
import { type RefusedRequest, ruledOutError, statusError } from '../errors/statusErrors.ts';
import { headerOf } from '../HeaderLines.ts';
import { retryAfterMs } from './pacing/rateHeaders.ts';
import type { RoutedAnswer } from './RequestRoute.ts';
import { placeText } from './urls.ts';

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
