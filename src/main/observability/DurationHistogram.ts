/** Upper ends of the buckets, in seconds; from a local round trip to the longest statement a person waits for. */
export const bucketSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The same for work that takes from seconds to a day. */
export const longBucketSeconds = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400];

/** Durations by bucket. Adding costs nanoseconds; the shape that Prometheus reads is made when it is asked for. */
export class DurationHistogram {
  readonly #bucketSeconds: readonly number[];
  readonly #counts: number[];
  #count = 0;
  #sumMs = 0;

  constructor(buckets: readonly number[] = bucketSeconds) {
    this.#bucketSeconds = buckets;
    this.#counts = buckets.map(() => 0);
  }

  get count(): number {
    return this.#count;
  }

  get sumSeconds(): number {
    return this.#sumMs / 1_000;
  }

  add(durationMs: number): void {
    this.#count += 1;
    this.#sumMs += durationMs;
    const seconds = durationMs / 1_000;
    let bucket = 0;
    // Most durations are in the first few: no search is quicker.
    while (bucket < this.#counts.length && seconds > (this.#bucketSeconds[bucket] ?? 0)) bucket += 1;
    if (bucket < this.#counts.length) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** How many were at most as long as each bucket's end. */
  cumulative(): readonly { readonly le: number; readonly count: number }[] {
    let count = 0;
    return this.#bucketSeconds.map((le, bucket) => {
      count += this.#counts[bucket] ?? 0;
      return { le, count };
    });
  }
}
