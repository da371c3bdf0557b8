import { availableParallelism, loadavg } from 'node:os';

/**
 * How much longer things take than on an idle computer, at least 1: the work that waits for a processor, by processor.
 * Limits that are promised for a computer with nothing else to do are multiplied by it.
 */
export function loadFactor(): number {
  const [lastMinute = 0] = loadavg();
  return Math.max(1, lastMinute / availableParallelism());
}
