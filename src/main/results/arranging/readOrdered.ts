import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { Spool } from '../spool/Spool.ts';
import type { RowOrder } from './RowOrder.ts';

/** Rows whose places are looked up at once; a power of two. */
const rowsPerLookup = 65_536;
/** Bytes of rows that are put in order at once: the more, the less often the same part of the spool is read. */
const gatherBytes = 16 * 1024 * 1024;
/** Places in the index that are read in one go, and how many of them may be for nothing. */
const maxLookupSpan = 65_536;
const maxLookupGap = 1_024;
/** Bytes that are read in one go, and how many of them may be for nothing: so many are read as fast as asked for. */
const maxReadSpan = 1024 * 1024;
const maxReadGap = 128 * 1024;

/** Where some rows of a view are, each by its place among them. */
interface Places {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** The places in the order in which their rows lie in the spool. */
  readonly asTheyLie: Uint32Array;
}

/** Rows of a spool in the order of a view, `to` not among them. They are read in the order in which they lie. */
export async function* readOrdered(
  spool: Spool,
  order: RowOrder,
  from: number,
  to: number,
): AsyncGenerator<EncodedRows> {
  const block = Buffer.allocUnsafeSlow(maxReadSpan);
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
      yield await gather(spool, places, { first, next, size }, block);
      first = next;
    }
  }
}

const lengthOf = ({ starts, ends }: Places, place: number): number =>
  (ends[place] ?? 0) - (starts[place] ?? 0);

async function placesOf(spool: Spool, rows: Uint32Array): Promise<Places> {
  const count = rows.length;
  // Sorted as numbers, without a comparison in JavaScript.
  const keys = new Float64Array(count);
  for (let place = 0; place < count; place += 1) keys[place] = (rows[place] ?? 0) * rowsPerLookup + place;
  keys.sort();
  const asTheyLie = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) asTheyLie[index] = (keys[index] ?? 0) % rowsPerLookup;
  const places = { starts: new Float64Array(count), ends: new Float64Array(count), asTheyLie };
  const rowAt = (index: number) => rows[asTheyLie[index] ?? 0] ?? 0;
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
    const starts = await spool.starts(base, rowAt(next - 1) - base + 1);
    for (let index = first; index < next; index += 1) {
      const place = asTheyLie[index] ?? 0;
      places.starts[place] = starts[rowAt(index) - base] ?? 0;
      places.ends[place] = starts[rowAt(index) - base + 1] ?? 0;
    }
    first = next;
  }
  return places;
}

/** Puts some rows one behind the other. @param block memory to read into */
async function gather(
  spool: Spool,
  places: Places,
  { first, next, size }: { readonly first: number; readonly next: number; readonly size: number },
  block: Buffer,
): Promise<EncodedRows> {
  const bytes = Buffer.allocUnsafeSlow(size);
  const targets = new Uint32Array(next - first);
  let length = 0;
  for (let place = first; place < next; place += 1) {
    targets[place - first] = length;
    length += lengthOf(places, place);
  }
  for (const { base, end, members } of spansOf(places, first, next)) {
    const read =
      end - base <= block.length ? block.subarray(0, end - base) : Buffer.allocUnsafeSlow(end - base);
    await spool.readInto(read, base);
    for (const place of members) {
      const start = (places.starts[place] ?? 0) - base;
      read.copy(bytes, targets[place - first] ?? 0, start, start + lengthOf(places, place));
    }
  }
  return { bytes, starts: targets };
}

/** What is read in one go: rows that lie close to each other. */
function spansOf({ starts, ends, asTheyLie }: Places, first: number, next: number) {
  const spans: { base: number; end: number; members: number[] }[] = [];
  let span: (typeof spans)[number] | undefined;
  for (const place of asTheyLie) {
    if (place < first || place >= next) continue;
    const start = starts[place] ?? 0;
    const end = ends[place] ?? 0;
    if (span === undefined || start - span.end > maxReadGap || end - span.base > maxReadSpan) {
      span = { base: start, end, members: [] };
      spans.push(span);
    }
    span.members.push(place);
    span.end = Math.max(span.end, end);
  }
  return spans;
}
