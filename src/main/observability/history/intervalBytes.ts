import type { IntervalFigures } from '../MeasuredInterval.ts';
import { type BucketCount, PercentileHistogram } from '../PercentileHistogram.ts';

/**
 * An interval as it is kept: some hundred bytes. A version, then whole numbers of seven bits a byte, the lowest first, with
 * the eighth bit set but for the last. Durations are in microseconds.
 */
const version = 1;

/** More buckets than there are durations of days. */
const maxBucketCount = 512;

export function toBytes(figures: IntervalFigures): Uint8Array {
  const { connectionMs, most, statements, errors, health } = figures;
  const writer = new NumberWriter();
  writer.add(version, figures.measuredMs);
  writer.add(connectionMs.inUse, connectionMs.idle, connectionMs.pinned);
  writer.add(connectionMs.waiting, connectionMs.ceiling);
  writer.add(most.inUse, most.waiting);
  for (const counts of [statements, errors]) writer.add(counts.user, counts.catalogue, counts.health);
  writer.add(figures.cancelCount);
  writer.add(health.measuredMs, microseconds(health.weightedMs));
  addHistogram(writer, figures.latency);
  addHistogram(writer, figures.wait);
  return writer.bytes;
}

/** Null for bytes that were not written by `toBytes`, or were damaged since. */
export function fromBytes(bytes: Uint8Array): IntervalFigures | null {
  const reader = new NumberReader(bytes);
  if (reader.next() !== version) return null;
  const counts = () => ({ user: reader.next(), catalogue: reader.next(), health: reader.next() });
  const figures: IntervalFigures = {
    measuredMs: reader.next(),
    connectionMs: {
      inUse: reader.next(),
      idle: reader.next(),
      pinned: reader.next(),
      waiting: reader.next(),
      ceiling: reader.next(),
    },
    most: { inUse: reader.next(), waiting: reader.next() },
    statements: counts(),
    errors: counts(),
    cancelCount: reader.next(),
    health: { measuredMs: reader.next(), weightedMs: reader.next() / 1_000 },
    latency: readHistogram(reader),
    wait: readHistogram(reader),
  };
  return reader.isWhole && figures.measuredMs > 0 ? figures : null;
}

/** The number of buckets, the shortest and the longest duration, and each bucket with its count. */
function addHistogram(writer: NumberWriter, histogram: PercentileHistogram): void {
  const counts = histogram.counts();
  writer.add(counts.length);
  if (counts.length === 0) return;
  writer.add(microseconds(histogram.range.minMs), microseconds(histogram.range.maxMs));
  for (const [bucket, count] of counts) writer.add(bucket, count);
}

function readHistogram(reader: NumberReader): PercentileHistogram {
  const length = Math.min(reader.next(), maxBucketCount);
  if (length === 0) return new PercentileHistogram();
  const range = { minMs: reader.next() / 1_000, maxMs: reader.next() / 1_000 };
  const counts = Array.from({ length }, (): BucketCount => [reader.next(), reader.next()]);
  return new PercentileHistogram(counts, range);
}

const microseconds = (durationMs: number): number => Math.round(durationMs * 1_000);

class NumberWriter {
  readonly #bytes: number[] = [];

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  add(...values: readonly number[]): void {
    for (const value of values) {
      let rest = Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER);
      for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes.push((rest % 128) + 128);
      this.#bytes.push(rest);
    }
  }
}

class NumberReader {
  readonly #bytes: Uint8Array;
  #offset = 0;
  #isDamaged = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Every number was there, and nothing is left. */
  get isWhole(): boolean {
    return !this.#isDamaged && this.#offset === this.#bytes.length;
  }

  /** 0 behind the end. */
  next(): number {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = this.#bytes[this.#offset];
      if (byte === undefined || place > Number.MAX_SAFE_INTEGER) {
        this.#isDamaged = true;
        return 0;
      }
      this.#offset += 1;
      value += (byte % 128) * place;
      if (byte < 128) return value;
    }
  }
}
