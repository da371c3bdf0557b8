import { type Clock, systemClock } from '../../../src/main/base/Clock.ts';

/**
 * The real clock, some times faster: what the product waits 30 seconds for comes after 3. For deadlines of the product
 * that no setting shortens; the server and the network keep real time.
 */
export function fastClock(factor: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() * factor,
    wallMs: () => systemClock.wallMs(),
    after: (delayMs, work) => systemClock.after(delayMs / factor, work),
  };
}
