import { setTimeout as pause } from 'node:timers/promises';

/** How long a test waits for what must come. */
const patienceMs = 15_000;
const intervalMs = 20;

/** Waits until `look` does not throw, and gives what it returned then; fails with what it threw last. */
export async function until<Value>(
  look: () => Value | Promise<Value>,
  timeoutMs = patienceMs,
): Promise<Value> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() >= endMs) throw error;
    }
    await pause(intervalMs);
  }
}
