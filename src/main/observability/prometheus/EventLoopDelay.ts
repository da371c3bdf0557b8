import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the loop is asked whether it is free, in milliseconds; this much is a part of each value it measures. */
const resolutionMs = 20;

/** How late the event loop runs what is due. Measured only while somebody reads it: it costs a timer. */
export class EventLoopDelay {
  #measuring: IntervalHistogram | null = null;

  start(): void {
    if (this.#measuring !== null) return;
    this.#measuring = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#measuring.enable();
  }

  stop(): void {
    this.#measuring?.disable();
    this.#measuring = null;
  }

  /** The delays since the last time, in seconds; zeros when nothing was measured. */
  take(): { readonly p99Seconds: number; readonly maxSeconds: number } {
    const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1_000);
    const delays = {
      p99Seconds: seconds(this.#measuring?.percentile(99) ?? 0),
      maxSeconds: seconds(this.#measuring?.max ?? 0),
    };
    this.#measuring?.reset();
    return delays;
  }
}
