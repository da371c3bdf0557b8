import type { AppendFile } from './AppendFile.ts';

const entryBytes = 4;
const turn = 2 ** 32;

/**
 * Where each row begins in the file of rows, four bytes a row: the low half of the position. Positions only grow, so the
 * high half is known from the rows at which it grew.
 */
export class RowIndex {
  readonly #file: AppendFile;
  /** Rows from which on the high half is one more; a row stands here once for each. */
  readonly #turns: number[] = [];
  #rowCount = 0;

  constructor(file: AppendFile) {
    this.#file = file;
  }

  /** @param base where the rows' own positions count from */
  async append(base: number, starts: Uint32Array): Promise<void> {
    const entries = new Uint32Array(starts.length);
    for (let index = 0; index < starts.length; index += 1) {
      const position = base + (starts[index] ?? 0);
      while (position >= (this.#turns.length + 1) * turn) this.#turns.push(this.#rowCount + index);
      entries[index] = position;
    }
    await this.#file.append(Buffer.from(entries.buffer));
    this.#rowCount += starts.length;
  }

  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Where rows that follow each other begin. All of them must be there. */
  async starts(fromRow: number, count: number): Promise<Float64Array> {
    const entries = new Uint32Array(count);
    await this.#file.readInto(Buffer.from(entries.buffer), fromRow * entryBytes);
    const starts = new Float64Array(count);
    let turns = this.#turnsBefore(fromRow);
    for (let index = 0; index < count; index += 1) {
      while ((this.#turns[turns] ?? Number.POSITIVE_INFINITY) <= fromRow + index) turns += 1;
      starts[index] = turns * turn + (entries[index] ?? 0);
    }
    return starts;
  }

  /** How often the high half had grown before a row. */
  #turnsBefore(row: number): number {
    let count = 0;
    while (count < this.#turns.length && (this.#turns[count] ?? 0) < row) count += 1;
    return count;
  }
}
