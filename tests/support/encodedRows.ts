import type { EncodedRows, Row, RowStream } from '../../src/main/connectors/RowStream.ts';
import type { ResultColumn, ValueKind } from '../../src/shared/model/results.ts';

type Cell = Row[number] | Buffer;

/** Columns, each by its name and its kind. */
export const columnsOf = (...columns: readonly (readonly [string, ValueKind])[]): ResultColumn[] =>
  columns.map(([name, kind]) => ({ name, type: kind, kind }));

/** Columns of these names, all of one kind unless said otherwise. */
export const columnsNamed = (names: readonly string[], kind: ValueKind = 'text'): ResultColumn[] =>
  columnsOf(...names.map((name) => [name, kind] as const));

/** Rows as a connector gives them, with something that means nothing between two of them. */
export function encodedRows(rows: readonly (readonly Cell[])[], gap = 7): EncodedRows {
  const parts: Buffer[] = [];
  let length = 0;
  const starts = rows.map((cells) => {
    parts.push(Buffer.alloc(gap, 0xee));
    length += gap;
    const start = length;
    for (const cell of cells) {
      const bytes = cell === null ? Buffer.alloc(0) : Buffer.from(cell);
      const header = Buffer.alloc(4);
      header.writeInt32BE(cell === null ? -1 : bytes.length);
      parts.push(header, bytes);
      length += 4 + bytes.length;
    }
    return start;
  });
  return { bytes: Buffer.concat(parts), starts: Uint32Array.from(starts) };
}

/** The same in batches of so many rows. */
export function encodedBatches(rows: readonly (readonly Cell[])[], batchRows: number): EncodedRows[] {
  const batches: EncodedRows[] = [];
  for (let from = 0; from < rows.length; from += batchRows)
    batches.push(encodedRows(rows.slice(from, from + batchRows)));
  return batches;
}

/** A stream of batches that are there already, or are made when they are asked for; an error ends it. */
export class FakeRowStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #batches: Iterator<EncodedRows | Error> | AsyncIterator<EncodedRows | Error>;
  isClosed = false;

  constructor(
    columns: readonly ResultColumn[],
    batches: Iterable<EncodedRows | Error> | AsyncIterable<EncodedRows | Error>,
  ) {
    this.columns = columns;
    this.#batches =
      Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  }

  next(): Promise<never> {
    return Promise.reject(new Error('This stream is read as bytes.'));
  }

  async nextEncoded(): Promise<EncodedRows> {
    const { done, value } = await this.#batches.next();
    if (done === true) return { bytes: Buffer.alloc(0), starts: new Uint32Array() };
    if (value instanceof Error) throw value;
    return value;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }
}
