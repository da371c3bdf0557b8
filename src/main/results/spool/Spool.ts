import type { EncodedRows } from '../../connectors/RowStream.ts';
import { resultGone, spoolFailed } from '../resultErrors.ts';
import { AppendFile } from './AppendFile.ts';
import type { FileHandles } from './FileHandles.ts';
import { LongTexts, longTextBytes } from './LongTexts.ts';
import { RowIndex } from './RowIndex.ts';

/** Most rows of one result: their numbers have four bytes. */
const maxRows = 2 ** 32 - 1;

/**
 * The rows of one result, on the disk: a file of rows as they came, one of their positions, and one of the lengths of long
 * texts. Memory holds no more of it than what is on its way to the disk. What was appended can be read at once.
 */
export class Spool {
  readonly columnCount: number;
  readonly #files: { readonly rows: AppendFile; readonly index: AppendFile; readonly texts: AppendFile };
  readonly #index: RowIndex;
  readonly #texts: LongTexts;
  readonly #path: string;
  readonly #handles: FileHandles;
  #fileCount = 0;
  #rowCount = 0;
  /** Where the last row ends at the latest. */
  #end = 0;
  #isRemoved = false;

  /** @param path of its files, without their endings */
  constructor(path: string, columnCount: number, handles: FileHandles) {
    this.columnCount = columnCount;
    this.#path = path;
    this.#handles = handles;
    const file = (ending: string) => new AppendFile(`${path}.${ending}`, handles);
    this.#files = { rows: file('rows'), index: file('index'), texts: file('texts') };
    this.#index = new RowIndex(this.#files.index);
    this.#texts = new LongTexts(this.#files.texts);
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get byteCount(): number {
    return this.#end;
  }

  /**
   * The rows are taken over when this resolves; one call at a time.
   * @param count only so many of them
   * @throws NOT_FOUND, DISK_FULL, STORE_FAILED; then none of these rows is kept
   */
  async append({ bytes, starts }: EncodedRows, count = starts.length): Promise<void> {
    if (count === 0) return;
    await this.#guarded(async () => {
      if (this.#rowCount + count > maxRows) throw new Error('A result has more rows than can be numbered.');
      const base = this.#files.rows.byteCount;
      const end = starts[count] ?? bytes.length;
      await this.#files.rows.append(bytes.subarray(0, end));
      await this.#addLongTexts(bytes, starts, count, end);
      await this.#index.append(base, starts.subarray(0, count));
      this.#rowCount += count;
      this.#end = base + end;
    });
  }

  /** Writes what is still in memory. @throws as `append` */
  async flush(): Promise<void> {
    await this.#guarded(async () => {
      for (const file of Object.values(this.#files)) await file.flush();
    });
  }

  /** Where rows that follow each other begin, and where the last one ends at the latest. All of them must be there. */
  starts(fromRow: number, count: number): Promise<Float64Array> {
    return this.#guarded(async () => {
      const hasNext = fromRow + count < this.#rowCount;
      const end = this.#end;
      const known = await this.#index.starts(fromRow, hasNext ? count + 1 : count);
      if (hasNext) return known;
      const starts = new Float64Array(count + 1);
      starts.set(known);
      starts[count] = end;
      return starts;
    });
  }

  /** Bytes of rows as they came. */
  read(position: number, length: number): Promise<Buffer> {
    return this.#guarded(() => this.#files.rows.read(position, length));
  }

  /** The same into memory that is there already. */
  readInto(target: Buffer, position: number): Promise<void> {
    return this.#guarded(() => this.#files.rows.readInto(target, position));
  }

  /** Characters of a text of so many bytes, more than `longTextBytes`. */
  longTextCharacters(row: number, column: number, byteLength: number): Promise<number> {
    return this.#guarded(() => this.#texts.charactersOf(row, column, byteLength));
  }

  /** Another file beside its own, such as for a view; whoever asks for it removes it. */
  newFile(): AppendFile {
    this.#fileCount += 1;
    return new AppendFile(`${this.#path}.${this.#fileCount}`, this.#handles);
  }

  /** Removes its files and ends every use of it: whoever still reads or writes gets NOT_FOUND. Never rejects. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    for (const file of Object.values(this.#files)) await file.remove();
  }

  async #addLongTexts(bytes: Buffer, starts: Uint32Array, count: number, end: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const start = starts[index] ?? 0;
      const next = index + 1 < count ? (starts[index + 1] ?? end) : end;
      if (next - start <= longTextBytes) continue;
      await this.#texts.add(this.#rowCount + index, bytes, start, next, this.columnCount);
    }
  }

  async #guarded<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#isRemoved) throw resultGone();
    try {
      return await work();
    } catch (error) {
      throw this.#isRemoved ? resultGone() : spoolFailed(error);
    }
  }
}
