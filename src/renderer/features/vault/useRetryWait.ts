import { useNow } from '../../lib/useNow.ts';
import type { Attempt } from './vaultState.ts';

/** How often the countdown is looked at: often enough that no second is skipped. */
const tickMs = 250;

/** Whole seconds until the next attempt is looked at; 0 when it may be made now. */
export function useRetryWait(attempt: Attempt): number {
  const retryAt = attempt.status === 'failed' ? attempt.retryAt : null;
  const now = useNow(retryAt !== null, tickMs);
  return retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1_000));
}
