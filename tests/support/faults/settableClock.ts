/**
 * Puts the wall clock of this process forward or back, by the milliseconds that stand in the file of
 * `MOORING_CLOCK_FILE`, as when a person or a time server sets the computer's. The monotonic clock and timers go on.
 * Does nothing without such a file.
 */
import { readFileSync } from 'node:fs';

const path = process.env.MOORING_CLOCK_FILE;
const readEachMs = 20;

if (path !== undefined) {
  const trueNow = Date.now;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let setByMs = 0;
  Date.now = () => {
    const nowMs = performance.now();
    if (nowMs - readAtMs >= readEachMs) {
      setByMs = Number(readFileSync(path, 'utf8'));
      readAtMs = nowMs;
    }
    return trueNow() + setByMs;
  };
}
