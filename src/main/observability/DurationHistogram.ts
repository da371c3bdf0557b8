/** Upper ends of the buckets, in seconds; from a local round trip to the longest statement a person waits for. */
export const bucketSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const bucketMs = bucketSeconds.map((seconds) => seconds * 1_000);

/** Durations by bucket. Adding costs nanoseconds; the shape that Prometheus reads is made when it is asked for. */
export class DurationHistogram {
  readonly #counts = bucketMs.map(() => 0);
  #count = 0;
  #sumMs = 0;

  get count(): number {
    return this.#count;
  }

  get sumSeconds(): number {
    return this.#sumMs / 1_000;
  }

  add(durationMs: number): void {
    this.#count += 1;
    this.#sumMs += durationMs;
    let bucket = 0;
    // Most durations are in the first few: no search is quicker.
    while (bucket < bucketMs.length && durationMs > (bucketMs[bucket] ?? 0)) bucket += 1;
    if (bucket < bucketMs.length) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** How many were at most as long as each bucket's end. */
  cumulative(): readonly { readonly le: number; readonly count: number }[] {
    let count = 0;
    return bucketSeconds.map((le, bucket) => {
      count += this.#counts[bucket] ?? 0;
      return { le, count };
    });
  }
}
