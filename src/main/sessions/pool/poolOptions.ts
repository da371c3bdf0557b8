import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { Clock } from '../../base/Clock.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import type { Logger } from '../../observability/Logger.ts';

/** What a pool is made of. Everything that varies between data sources, engines and tests comes in here. */
export interface PoolOptions {
  readonly settings: PoolSettings;
  /** Opens one connection; has its own deadline. The signal aborts when the pool closes. */
  readonly open: (signal: AbortSignal) => Promise<SqlConnection>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 inclusive to 1 exclusive; spreads lifetimes. */
  readonly random: () => number;
}

/** A connection idle for longer is pinged before it is lent (pgx: 1 s, HikariCP: 500 ms). */
export const validationBypassMs = 1_000;

/** A ping that takes longer means the connection is dead. */
export const validationTimeoutMs = 5_000;

/** Connections retire after 30 minutes at most, so that servers and middleboxes may forget old ones. */
const maxLifetimeMs = 30 * 60_000;

/** A lifetime is shortened by up to this part, so that connections opened together do not retire together (HikariCP: 2.5 %). */
const lifetimeJitter = 0.025;

/** How long a new connection is lent, in milliseconds. @param random 0 to 1 */
export function lifetimeMs(random: number): number {
  return maxLifetimeMs * (1 - lifetimeJitter * random);
}

/** Callers that may wait at once; the next one fails right away instead of waiting for nothing. */
export const maxWaiters = 1_000;

/** How often idle connections are looked through. */
export const housekeepingIntervalMs = 5_000;

/** How long a server may take to stop the statement of a connection that is closed; then the socket is dropped. */
export const cancelPatienceMs = 1_000;
