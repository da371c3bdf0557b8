import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import { AppError } from '../../../base/AppError.ts';

/** A host that was left for the next one. */
export interface LeftHost {
  /** Such as `db.example.com:5432`. */
  readonly name: string;
  /** A sentence without its full stop: why. */
  readonly why: string;
  /** Null when it was reached, and is not what is wanted. */
  readonly error: AppError | null;
}

/**
 * After these libpq tries the next host: nobody was asked to prove anything yet, or the server is not ready. A refused
 * log-in ends the search, because the other hosts would refuse it too, and lock the account sooner.
 */
const leaving: ReadonlyMap<ErrorCode, string> = new Map<ErrorCode, string>([
  ['HOST_NOT_FOUND', 'not found'],
  ['DNS_UNAVAILABLE', 'DNS lookup failed'],
  ['CONNECTION_REFUSED', 'connection refused'],
  ['HOST_UNREACHABLE', 'unreachable'],
  ['CONNECT_TIMEOUT', 'no response in time'],
  ['CONNECTION_RESET', 'connection reset'],
  ['SSH_CHANNEL_REFUSED', 'not reached through the tunnel'],
  ['PROXY_REFUSED', 'refused by the proxy'],
  ['SERVER_STARTING', 'starting'],
  ['SERVER_SHUTTING_DOWN', 'shutting down'],
]);

/** In a word why the next host is tried after this failure; null when it ends the search. */
export const reasonToLeave = ({ code }: AppError): string | null => leaving.get(code) ?? null;

/**
 * Every host was tried, and none was right.
 * @param wanted as in "None of the hosts is a primary"
 */
export function noHostError(left: readonly LeftHost[], wanted: string): AppError {
  const failures = left.flatMap(({ error }) => (error === null ? [] : [error]));
  const [first] = failures;
  const areAllAway = first !== undefined && failures.length === left.length;
  const some = left.length === 1 ? 'The host' : `None of the ${left.length} hosts`;
  const not = left.length === 1 ? ' is not what is wanted' : ` ${wanted}`;
  return new AppError(areAllAway ? first.code : 'NO_HOST_FITS', {
    title:
      areAllAway && left.length > 1 ? `None of the ${left.length} hosts could be reached` : `${some}${not}`,
    detail: left.map(({ name, why }) => `${name}: ${why}.`).join('\n'),
    causes: areAllAway
      ? [...new Set(failures.flatMap(({ causes }) => causes.slice(0, 1)))]
      : [
          'The servers have not agreed on a new primary yet.',
          'The server that is wanted is down or missing in the list.',
        ],
    fixes: areAllAway
      ? ['Check the network and the VPN, then try again.', 'Check the hosts and ports.']
      : [
          'Try again in a moment.',
          'Choose another kind of server in the details of the data source, or add its host.',
        ],
    driverCode: areAllAway ? first.driverCode : null,
    // What is not there now may be there after a failover.
    retryable: !areAllAway || failures.some(({ retryable }) => retryable),
  });
}
