import {
  type IntervalFigures,
  ofConnections,
  ofPurposes,
  ofStatuses,
  type RequestFigures,
  statusClasses,
} from '../MeasuredInterval.ts';
import { PercentileHistogram } from '../PercentileHistogram.ts';

/**
 * An interval as it is kept: some hundred bytes. A version, then whole numbers of seven bits a byte, the lowest first, with
 * the eighth bit set but for the last. Durations are in microseconds.
 */
const plainVersion = 1;
/** The same, followed by the figures of requests, which only APIs have. */
const requestVersion = 2;

export function toBytes(figures: IntervalFigures): Uint8Array {
  const { connectionMs, most, statements, errors, health, requests } = figures;
  const writer = new NumberWriter();
  writer.add(requests === null ? plainVersion : requestVersion, figures.measuredMs);
  writer.add(connectionMs.inUse, connectionMs.idle, connectionMs.pinned);
  writer.add(connectionMs.waiting, connectionMs.ceiling);
  writer.add(most.inUse, most.waiting);
  for (const counts of [statements, errors]) writer.add(counts.user, counts.catalogue, counts.health);
  writer.add(figures.cancelCount);
  writer.add(health.measuredMs, microseconds(health.weightedMs));
  addHistogram(writer, figures.latency);
  addHistogram(writer, figures.wait);
  if (requests !== null) addRequests(writer, requests);
  return writer.bytes;
}

/** Null for bytes that were not written by `toBytes`, or were damaged since. */
export function fromBytes(bytes: Uint8Array): IntervalFigures | null {
  const reader = new NumberReader(bytes);
  const version = reader.next();
  if (version !== plainVersion && version !== requestVersion) return null;
  const figures: IntervalFigures = {
    measuredMs: reader.next(),
    connectionMs: ofConnections(() => reader.next()),
    most: { inUse: reader.next(), waiting: reader.next() },
    statements: ofPurposes(() => reader.next()),
    errors: ofPurposes(() => reader.next()),
    cancelCount: reader.next(),
    health: { measuredMs: reader.next(), weightedMs: reader.next() / 1_000 },
    latency: readHistogram(reader),
    wait: readHistogram(reader),
    requests: version === requestVersion ? readRequests(reader) : null,
  };
  return reader.isWhole && figures.measuredMs > 0 ? figures : null;
}

/** The requests that are left are one more than there are, and 0 where the API does not say. */
function addRequests(writer: NumberWriter, { statuses, wait, remaining }: RequestFigures): void {
  writer.add(...statusClasses.map((status) => statuses[status]));
  addHistogram(writer, wait);
  writer.add(remaining === null ? 0 : remaining + 1);
}

function readRequests(reader: NumberReader): RequestFigures {
  const statuses = ofStatuses(() => reader.next());
  const wait = readHistogram(reader);
  const left = reader.next();
  return { statuses, wait, remaining: left === 0 ? null : left - 1 };
}

/** How many buckets are in use, the shortest and the longest duration, and the way to each bucket with its count. */
function addHistogram(writer: NumberWriter, histogram: PercentileHistogram): void {
  const counts = histogram.counts();
  writer.add(counts.length);
  if (counts.length === 0) return;
  writer.add(microseconds(histogram.range.minMs), microseconds(histogram.range.maxMs));
  let last = 0;
  for (const [bucket, count] of counts) {
    writer.add(bucket - last, count);
    last = bucket;
  }
}

function readHistogram(reader: NumberReader): PercentileHistogram {
  const length = reader.next();
  if (length === 0) return new PercentileHistogram();
  const range = { minMs: reader.next() / 1_000, maxMs: reader.next() / 1_000 };
  const histogram = new PercentileHistogram([], range);
  for (let index = 0, bucket = 0; index < length && !reader.isAtEnd; index += 1) {
    bucket += reader.next();
    histogram.put(bucket, reader.next());
  }
  return histogram;
}

const microseconds = (durationMs: number): number => Math.round(durationMs * 1_000);

class NumberWriter {
  readonly #bytes: number[] = [];

  get bytes(): Uint8Array {
    return new Uint8Array(this.#bytes);
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

  get isAtEnd(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** Every number was there, and nothing is left. */
  get isWhole(): boolean {
    return !this.#isDamaged && this.isAtEnd;
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
