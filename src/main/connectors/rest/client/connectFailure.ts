import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import { connectError } from '../../network/failures/connectError.ts';
import { restFailures, restWords } from '../errors/restWords.ts';
import { placeOfUrl } from './openWay.ts';

/**
 * Explains why an origin was not reached.
 * @param during what was going on, as `duringStage` has it
 */
export function connectFailure(
  error: unknown,
  { proxyUrl, tls }: Pick<RestConfig, 'proxyUrl' | 'tls'>,
  origin: URL,
  during: string,
  connectMs: number,
): Error {
  // The socket is that of the proxy, the certificate that of the API.
  const isOfProxy = proxyUrl !== null && !during.includes('TLS');
  const place = placeOfUrl(isOfProxy ? new URL(proxyUrl) : origin);
  const aim = { engine: restWords, place, user: '', database: null, tls, connectMs };
  return connectError(error, { aim, during, secret: null }, restFailures);
}
