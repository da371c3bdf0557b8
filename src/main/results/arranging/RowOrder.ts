import type { AppendFile } from '../spool/AppendFile.ts';

const entryBytes = 4;

/** The rows of a view, in its order: a file of their numbers in the result. */
export class RowOrder {
  readonly #file: AppendFile;
  #rowCount = 0;

  constructor(file: AppendFile) {
    this.#file = file;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  async append(rows: Uint32Array): Promise<void> {
    await this.#file.append(Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
    this.#rowCount += rows.length;
  }

  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Rows of the result, counted as they came. All places asked for must be there. */
  async positions(from: number, count: number): Promise<Uint32Array> {
    const rows = new Uint32Array(count);
    await this.#file.readInto(Buffer.from(rows.buffer), from * entryBytes);
    return rows;
  }

  remove(): Promise<void> {
    return this.#file.remove();
  }
}
