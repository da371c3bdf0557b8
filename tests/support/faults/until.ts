import { vi } from 'vitest';

/** How long a test waits for what must come. */
const patienceMs = 15_000;

/** Waits until `look` does not throw, and gives what it returned then; fails with what it threw last. */
export function until<Value>(look: () => Value | Promise<Value>, timeoutMs = patienceMs): Promise<Value> {
  return vi.waitFor(look, { timeout: timeoutMs, interval: 20 });
}
