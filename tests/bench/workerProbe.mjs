/** Loaded into a worker before all else: says at its end what it has used. SIGUSR2: delays are measured from now on. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const resolution = 1;
const delay = monitorEventLoopDelay({ resolution });
// Not before it is asked for: a timer of a millisecond takes more of a core than a worker at rest.
process.on('SIGUSR2', () => {
  delay.enable();
  delay.reset();
});
process.on('exit', () => {
  // Nanoseconds between two turns of a timer, the timer's own time among them.
  const ms = (/** @type {number} */ value) => value / 1e6 - resolution;
  const figures = {
    peakBytes: process.resourceUsage().maxRSS * 1_024,
    longestDelayMs: ms(delay.max),
    usualDelayMs: ms(delay.percentile(99)),
  };
  writeFileSync(process.env.MOORING_WORKER_PROBE ?? '', JSON.stringify(figures));
});
