import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { Spool } from '../spool/Spool.ts';
import type { RowOrder } from './RowOrder.ts';

/** Rows whose places are looked up at once; a power of two. */
const rowsPerLookup = 32_768;
/** Bytes of rows that are put in order at once. */
const gatherBytes = 4 * 1024 * 1024;
/** Places in the index that are read in one go, and how many of them may be for nothing. */
const maxLookupSpan = 65_536;
const maxLookupGap = 1_024;
/** Bytes that are read in one go, and how many of them may be for nothing. */
const maxReadSpan = 1024 * 1024;
const maxReadGap = 16 * 1024;

interface Places {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** Rows of a spool in the order of a view, `to` not among them. They are read in the order in which they lie. */
export async function* readOrdered(
  spool: Spool,
  order: RowOrder,
  from: number,
  to: number,
): AsyncGenerator<EncodedRows> {
  for (let at = from; at < to; at += rowsPerLookup) {
    const rows = await order.positions(at, Math.min(rowsPerLookup, to - at));
    const places = await placesOf(spool, rows);
    let first = 0;
    while (first < rows.length) {
      let size = lengthOf(places, first);
      let next = first + 1;
      while (next < rows.length && size + lengthOf(places, next) <= gatherBytes) {
        size += lengthOf(places, next);
        next += 1;
      }
      yield await gather(spool, places, first, next, size);
      first = next;
    }
  }
}

const lengthOf = ({ starts, ends }: Places, index: number): number =>
  (ends[index] ?? 0) - (starts[index] ?? 0);

/** Indices in the order of their values, which are whole numbers. */
function sortedBy(values: ArrayLike<number>, from: number, to: number): Uint32Array {
  const keys = new Float64Array(to - from);
  for (let index = from; index < to; index += 1)
    keys[index - from] = (values[index] ?? 0) * rowsPerLookup + index;
  return Uint32Array.from(keys.sort(), (key) => key % rowsPerLookup);
}

async function placesOf(spool: Spool, rows: Uint32Array): Promise<Places> {
  const places = { starts: new Float64Array(rows.length), ends: new Float64Array(rows.length) };
  const sorted = sortedBy(rows, 0, rows.length);
  const rowAt = (index: number) => rows[sorted[index] ?? 0] ?? 0;
  let first = 0;
  while (first < sorted.length) {
    const base = rowAt(first);
    let next = first + 1;
    while (
      next < sorted.length &&
      rowAt(next) - rowAt(next - 1) <= maxLookupGap &&
      rowAt(next) - base < maxLookupSpan
    ) {
      next += 1;
    }
    const starts = await spool.starts(base, rowAt(next - 1) - base + 1);
    for (let index = first; index < next; index += 1) {
      const place = sorted[index] ?? 0;
      places.starts[place] = starts[rowAt(index) - base] ?? 0;
      places.ends[place] = starts[rowAt(index) - base + 1] ?? 0;
    }
    first = next;
  }
  return places;
}

/** Puts some rows one behind the other. */
async function gather(
  spool: Spool,
  places: Places,
  from: number,
  to: number,
  size: number,
): Promise<EncodedRows> {
  const bytes = Buffer.allocUnsafe(size);
  const targets = new Uint32Array(to - from);
  let length = 0;
  for (let index = from; index < to; index += 1) {
    targets[index - from] = length;
    length += lengthOf(places, index);
  }
  for (const { base, end, members } of spansOf(places, from, to)) {
    const read = await spool.read(base, end - base);
    for (const index of members) {
      const start = (places.starts[index] ?? 0) - base;
      read.copy(bytes, targets[index - from] ?? 0, start, start + lengthOf(places, index));
    }
  }
  return { bytes, starts: targets };
}

/** What is read in one go: rows that lie close to each other. */
function spansOf({ starts, ends }: Places, from: number, to: number) {
  const spans: { base: number; end: number; members: number[] }[] = [];
  let span: (typeof spans)[number] | undefined;
  for (const index of sortedByStart(starts, from, to)) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (span === undefined || start - span.end > maxReadGap || end - span.base > maxReadSpan) {
      span = { base: start, end, members: [] };
      spans.push(span);
    }
    span.members.push(index);
    span.end = Math.max(span.end, end);
  }
  return spans;
}

function sortedByStart(starts: Float64Array, from: number, to: number): Uint32Array {
  const indices = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  return indices.sort((left, right) => (starts[left] ?? 0) - (starts[right] ?? 0));
}
