import type { Clock } from '../base/Clock.ts';
import type { PoolEntry } from './PoolEntry.ts';

/**
 * Asks the server whether this session still lives.
 * @returns the round trip in milliseconds, or null when it is dead or did not answer in time
 */
export async function validate(
  entry: PoolEntry,
  clock: Clock,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<number | null> {
  if (!entry.connection.isUsable) return null;
  const startedMs = clock.monotonicMs();
  try {
    await entry.connection.ping({ signal, timeoutMs });
  } catch {
    // Whatever it was, this connection is not lent again; the next connect will tell people what is wrong.
    return null;
  }
  entry.provenAtMs = clock.monotonicMs();
  return entry.provenAtMs - startedMs;
}
