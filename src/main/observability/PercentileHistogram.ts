/** Buckets of a doubling: neighbours differ by 9 %, so that a percentile is within 5 % of the true one. */
const bucketsPerDoubling = 8;
/** Everything quicker is in the first bucket. */
const shortestMs = 0.01;
/** Everything that takes longer than four months is in here. */
const lastBucket = 40 * bucketsPerDoubling;

/** A bucket with its count. */
export type BucketCount = readonly [bucket: number, count: number];

export interface DurationRange {
  readonly minMs: number;
  readonly maxMs: number;
}

export const noDurations: DurationRange = { minMs: Number.MAX_VALUE, maxMs: 0 };

/** Durations by size, from hundredths of a millisecond to days. */
export class PercentileHistogram {
  /** By bucket, as far as there are any: some hundred bytes for most statements. */
  #counts: number[] = [];
  #count = 0;
  #range: DurationRange;

  constructor(counts: readonly BucketCount[] = [], range: DurationRange = noDurations) {
    this.#range = range;
    for (const [bucket, count] of counts) this.put(bucket, count);
  }

  /** The shortest and the longest. */
  get range(): DurationRange {
    return this.#range;
  }

  /** What this one and others were given. They stay as they are. */
  with(...others: readonly PercentileHistogram[]): PercentileHistogram {
    const merged = new PercentileHistogram([], this.#range);
    merged.#counts = [...this.#counts];
    merged.#count = this.#count;
    for (const other of others) merged.#take(other);
    return merged;
  }

  add(durationMs: number): void {
    const { minMs, maxMs } = this.#range;
    if (durationMs < minMs || durationMs > maxMs) {
      this.#range = { minMs: Math.min(minMs, durationMs), maxMs: Math.max(maxMs, durationMs) };
    }
    const bucket = Math.ceil(Math.log2(Math.max(durationMs, shortestMs) / shortestMs) * bucketsPerDoubling);
    this.put(Math.min(bucket, lastBucket), 1);
  }

  /** For what was counted before. What is no bucket, such as one that was read from a damaged file, is left out. */
  put(bucket: number, count: number): void {
    if (!(bucket >= 0 && bucket <= lastBucket)) return;
    while (this.#counts.length <= bucket) this.#counts.push(0);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + count;
    this.#count += count;
  }

  /** The nearest-rank percentile of each share, from the smallest share to the largest; null of nothing. */
  percentiles<const Shares extends readonly number[]>(
    shares: Shares,
  ): { [Index in keyof Shares]: number | null } {
    let bucket = 0;
    let seen = this.#counts[0] ?? 0;
    const found = shares.map((share) => {
      if (this.#count === 0) return null;
      const rank = Math.max(1, Math.ceil(this.#count * share));
      while (seen < rank && bucket < this.#counts.length - 1) {
        bucket += 1;
        seen += this.#counts[bucket] ?? 0;
      }
      return Math.min(this.#range.maxMs, Math.max(this.#range.minMs, middleOf(bucket)));
    });
    return found as { [Index in keyof Shares]: number | null };
  }

  /** What is in use, in order. */
  counts(): BucketCount[] {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }

  #take(other: PercentileHistogram): void {
    this.#range = {
      minMs: Math.min(this.#range.minMs, other.#range.minMs),
      maxMs: Math.max(this.#range.maxMs, other.#range.maxMs),
    };
    for (const [bucket, count] of other.#counts.entries()) this.put(bucket, count);
  }
}

const middleOf = (bucket: number): number =>
  bucket <= 0 ? shortestMs : shortestMs * 2 ** ((bucket - 0.5) / bucketsPerDoubling);
