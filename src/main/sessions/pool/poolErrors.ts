import type { PoolStats } from '../../../shared/model/poolStats.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import { maxWaiters } from './WaiterQueue.ts';

const numbersOf = (stats: PoolStats): string =>
  `${stats.total} open (${stats.inUse} in use, ${stats.idle} idle), ${stats.connecting} connecting, ` +
  `${stats.waiting} waiting, ${stats.reserved === 0 ? '' : `${stats.reserved} used by pipelines, `}at most ${stats.max}`;

/**
 * An error without its stack. These tell the state of the pool, not a place in the code, and come by the thousand when
 * a server is slow: the stack would be most of their cost.
 */
function withoutStack(make: () => AppError): AppError {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/**
 * Nobody gave a connection back in time. Carries the pool's numbers and the last connect error, as HikariCP's does.
 * @param pinnedCount how many query tabs keep for themselves
 */
export function poolTimeoutError(
  stats: PoolStats,
  timeoutMs: number,
  lastConnectError: unknown,
  pinnedCount: number,
): AppError {
  const because = isAppError(lastConnectError) ? ` Last connection error: ${lastConnectError.message}.` : '';
  return withoutStack(
    () =>
      new AppError('POOL_TIMEOUT', {
        title: `No free connection within ${timeoutMs / 1_000} s`,
        detail: `${numbersOf(stats)}.${because}`,
        causes: [
          'All connections of this data source are in use.',
          ...(pinnedCount > 0 ? [keptByTabs(pinnedCount)] : []),
          ...(stats.reserved > 0 ? ['Runs of pipelines use some of them.'] : []),
        ],
        fixes: [
          ...(pinnedCount > 0 ? ['Commit or roll back open transactions, or close tabs that are done.'] : []),
          'Wait for running work to finish, or cancel it.',
          'Increase the maximum pool size in the data source’s options.',
        ],
        retryable: true,
        cause: lastConnectError,
      }),
  );
}

const keptByTabs = (count: number): string =>
  count === 1
    ? 'A query tab keeps one of them, for its running statement, its transaction or other state of its session.'
    : `Query tabs keep ${count} of them, for running statements, transactions or other state of their sessions.`;

export function poolBusyError(stats: PoolStats): AppError {
  return withoutStack(
    () =>
      new AppError('POOL_BUSY', {
        title: 'Too many requests are waiting for this data source',
        detail: `${numbersOf(stats)}. The limit is ${maxWaiters} waiting.`,
        causes: ['Requests come in faster than the server answers them.'],
        fixes: ['Try again in a moment.'],
        retryable: true,
      }),
  );
}

export function poolClosedError(): AppError {
  return new AppError('POOL_CLOSED', {
    title: 'The data source was disconnected',
    fixes: ['Connect it again.'],
  });
}
