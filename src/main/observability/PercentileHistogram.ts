/** Buckets of a doubling: neighbours differ by 9 %, so that a percentile is within 5 % of the true one. */
const bucketsPerDoubling = 8;
/** Everything quicker is in the first bucket. */
const shortestMs = 0.01;

/** A bucket with its count. */
export type BucketCount = readonly [bucket: number, count: number];

export interface DurationRange {
  readonly minMs: number;
  readonly maxMs: number;
}

export const noDurations: DurationRange = { minMs: Number.MAX_VALUE, maxMs: 0 };

/** Durations by size, from hundredths of a millisecond to days. Statements are alike: few buckets are in use. */
export class PercentileHistogram {
  readonly #counts: Map<number, number>;
  #count: number;
  #range: DurationRange;

  constructor(counts: readonly BucketCount[] = [], range: DurationRange = noDurations) {
    this.#counts = new Map(counts);
    this.#count = counts.reduce((sum, [, count]) => sum + count, 0);
    this.#range = range;
  }

  /** What two of them were given. */
  static merged(one: PercentileHistogram, other: PercentileHistogram): PercentileHistogram {
    const merged = new PercentileHistogram([...one.#counts], {
      minMs: Math.min(one.#range.minMs, other.#range.minMs),
      maxMs: Math.max(one.#range.maxMs, other.#range.maxMs),
    });
    for (const [bucket, count] of other.#counts) {
      merged.#counts.set(bucket, (merged.#counts.get(bucket) ?? 0) + count);
    }
    merged.#count += other.#count;
    return merged;
  }

  /** The shortest and the longest. */
  get range(): DurationRange {
    return this.#range;
  }

  add(durationMs: number): void {
    const { minMs, maxMs } = this.#range;
    if (durationMs < minMs || durationMs > maxMs) {
      this.#range = { minMs: Math.min(minMs, durationMs), maxMs: Math.max(maxMs, durationMs) };
    }
    const bucket = Math.ceil(Math.log2(Math.max(durationMs, shortestMs) / shortestMs) * bucketsPerDoubling);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#count += 1;
  }

  /** The nearest-rank percentile of each share, from the smallest share to the largest; null of nothing. */
  percentiles<const Shares extends readonly number[]>(
    shares: Shares,
  ): { [Index in keyof Shares]: number | null } {
    const buckets = this.counts();
    let index = 0;
    let seen = buckets[0]?.[1] ?? 0;
    const found = shares.map((share) => {
      const rank = Math.max(1, Math.ceil(this.#count * share));
      while (seen < rank && index < buckets.length - 1) {
        index += 1;
        seen += buckets[index]?.[1] ?? 0;
      }
      const bucket = buckets[index];
      if (bucket === undefined) return null;
      return Math.min(this.#range.maxMs, Math.max(this.#range.minMs, middleOf(bucket[0])));
    });
    return found as { [Index in keyof Shares]: number | null };
  }

  /** What is in use, in order. */
  counts(): BucketCount[] {
    return [...this.#counts].sort(([left], [right]) => left - right);
  }
}

const middleOf = (bucket: number): number =>
  bucket <= 0 ? shortestMs : shortestMs * 2 ** ((bucket - 0.5) / bucketsPerDoubling);
