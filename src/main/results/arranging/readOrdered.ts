import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { Spool } from '../spool/Spool.ts';
import type { RowOrder } from './RowOrder.ts';

/** Rows whose places are looked up at once; a power of two. */
const rowsPerLookup = 65_536;
/** Bytes of rows that are put in order at once: the more, the less often the same part of the spool is read. */
const gatherBytes = 16 * 1024 * 1024;
/** Rows that are put in place between two looks at the clock. */
const rowsPerLook = 128;
/** Rows that are handed on at once. */
const rowsPerBlock = 8_192;
/** Places in the index that are read in one go, and how many of them may be for nothing. */
const maxLookupSpan = 65_536;
const maxLookupGap = 1_024;
/** Bytes that are read in one go, and how many of them may be for nothing: so many are read as fast as asked for. */
const maxReadSpan = 1024 * 1024;
const maxReadGap = 128 * 1024;

/**
 * Rows of a spool in the order of a view, `to` not among them. They are read in the order in which they lie. Their bytes
 * are the reader's until the next ones.
 */
export async function* readOrdered(
  spool: Spool,
  order: RowOrder,
  from: number,
  to: number,
  pace: Pace,
): AsyncGenerator<EncodedRows> {
  const reader = new OrderedReader(spool, pace, Math.min(rowsPerLookup, to - from));
  for (let at = from; at < to; at += rowsPerLookup) {
    const rows = await order.positions(at, Math.min(rowsPerLookup, to - at));
    await reader.lookUp(rows);
    let first = 0;
    while (first < rows.length) {
      const next = reader.endOfGather(first);
      yield* blocksOf(await reader.gather(first, next));
      first = next;
    }
  }
}

/** Few rows at a time, so that no reader is busy with them for long. */
function* blocksOf({ bytes, starts }: EncodedRows): Generator<EncodedRows> {
  for (let first = 0; first < starts.length; first += rowsPerBlock) {
    const base = starts[first] ?? 0;
    const end = starts[first + rowsPerBlock] ?? bytes.length;
    const block = starts.subarray(first, first + rowsPerBlock).map((start) => start - base);
    yield { bytes: bytes.subarray(base, end), starts: block };
  }
}

/**
 * Puts rows one behind the other that lie apart. It takes its memory once: large buffers that come and go make V8 collect
 * all garbage again and again, which blocks for longer than the reading itself.
 */
class OrderedReader {
  readonly #spool: Spool;
  readonly #pace: Pace;
  /** Sorted as numbers, without a comparison in JavaScript: the row in front, its place among the rows behind. */
  readonly #keys: Float64Array;
  /** Where each row begins and ends in the spool, by its place. */
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** The places in the order in which their rows lie in the spool. */
  readonly #asTheyLie: Uint32Array;
  readonly #targets: Uint32Array;
  readonly #block = Buffer.allocUnsafeSlow(maxReadSpan);
  #gathered = Buffer.alloc(0);
  #count = 0;

  /** @param maxCount most rows that are looked up at once */
  constructor(spool: Spool, pace: Pace, maxCount: number) {
    this.#spool = spool;
    this.#pace = pace;
    this.#keys = new Float64Array(maxCount);
    this.#starts = new Float64Array(maxCount);
    this.#ends = new Float64Array(maxCount);
    this.#asTheyLie = new Uint32Array(maxCount);
    this.#targets = new Uint32Array(maxCount);
  }

  /** Finds out where some rows lie. */
  async lookUp(rows: Uint32Array): Promise<void> {
    const count = rows.length;
    this.#count = count;
    const keys = this.#keys.subarray(0, count);
    for (let place = 0; place < count; place += 1) keys[place] = (rows[place] ?? 0) * rowsPerLookup + place;
    await this.#pace.rest();
    keys.sort();
    await this.#pace.rest();
    for (let index = 0; index < count; index += 1)
      this.#asTheyLie[index] = (keys[index] ?? 0) % rowsPerLookup;
    const rowAt = (index: number) => rows[this.#asTheyLie[index] ?? 0] ?? 0;
    let first = 0;
    while (first < count) {
      const base = rowAt(first);
      let next = first + 1;
      while (
        next < count &&
        rowAt(next) - rowAt(next - 1) <= maxLookupGap &&
        rowAt(next) - base < maxLookupSpan
      ) {
        next += 1;
      }
      const starts = await this.#spool.starts(base, rowAt(next - 1) - base + 1);
      for (let index = first; index < next; index += 1) {
        const place = this.#asTheyLie[index] ?? 0;
        this.#starts[place] = starts[rowAt(index) - base] ?? 0;
        this.#ends[place] = starts[rowAt(index) - base + 1] ?? 0;
      }
      first = next;
      await this.#pace.rest();
    }
  }

  /** Behind the last place that is put in order together with `first`. */
  endOfGather(first: number): number {
    let size = this.#lengthOf(first);
    let next = first + 1;
    while (next < this.#count && size + this.#lengthOf(next) <= gatherBytes) {
      size += this.#lengthOf(next);
      next += 1;
    }
    return next;
  }

  /** The rows of these places, one behind the other; overwritten by the next ones. */
  async gather(first: number, next: number): Promise<EncodedRows> {
    const size = this.#place(first, next);
    const bytes = this.#roomFor(size);
    const members = this.#membersOf(first, next);
    await this.#pace.rest();
    let index = 0;
    while (index < members.length) {
      const base = this.#starts[members[index] ?? 0] ?? 0;
      const last = this.#endOfSpan(members, index);
      const end = this.#ends[members[last - 1] ?? 0] ?? base;
      const span =
        end - base <= this.#block.length
          ? this.#block.subarray(0, end - base)
          : Buffer.allocUnsafeSlow(end - base);
      await this.#spool.readInto(span, base);
      for (; index < last; index += 1) {
        this.#copy(members[index] ?? 0, first, span, base, bytes);
        // Memory that is used for the first time has to be found by the system, page by page.
        if (index % rowsPerLook === 0 && this.#pace.isOver) await this.#pace.rest();
      }
    }
    return { bytes, starts: this.#targets.subarray(0, next - first) };
  }

  #lengthOf(place: number): number {
    return (this.#ends[place] ?? 0) - (this.#starts[place] ?? 0);
  }

  /** Gives each row its place among the gathered ones. @returns their size */
  #place(first: number, next: number): number {
    let size = 0;
    for (let place = first; place < next; place += 1) {
      this.#targets[place - first] = size;
      size += this.#lengthOf(place);
    }
    return size;
  }

  #roomFor(size: number): Buffer {
    if (size > gatherBytes) return Buffer.allocUnsafeSlow(size);
    if (this.#gathered.length < size) this.#gathered = Buffer.allocUnsafeSlow(gatherBytes);
    return this.#gathered.subarray(0, size);
  }

  /** The places from `first` on in the order in which their rows lie. */
  #membersOf(first: number, next: number): Uint32Array {
    const asTheyLie = this.#asTheyLie.subarray(0, this.#count);
    if (next - first === this.#count) return asTheyLie;
    return asTheyLie.filter((place) => place >= first && place < next);
  }

  /** Behind the last row that is read in one go with the one at `index`: they lie close to each other. */
  #endOfSpan(members: Uint32Array, index: number): number {
    const base = this.#starts[members[index] ?? 0] ?? 0;
    let end = this.#ends[members[index] ?? 0] ?? 0;
    let next = index + 1;
    for (; next < members.length; next += 1) {
      const place = members[next] ?? 0;
      const nextEnd = this.#ends[place] ?? 0;
      if ((this.#starts[place] ?? 0) - end > maxReadGap || nextEnd - base > maxReadSpan) break;
      end = nextEnd;
    }
    return next;
  }

  #copy(place: number, first: number, span: Buffer, base: number, target: Buffer): void {
    const start = (this.#starts[place] ?? 0) - base;
    span.copy(target, this.#targets[place - first] ?? 0, start, start + this.#lengthOf(place));
  }
}
