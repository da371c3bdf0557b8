import type {
  ResultId,
  ResultWindow,
  ViewId,
  WindowCell,
  WindowInput,
} from '../../../../shared/model/results.ts';
import { textOf } from '../cells/cellText.ts';
import { pageColumnCount, pageInput, pageRowCount } from './pages.ts';

/** Letters kept, of all pages: 32 MB at most. */
const defaultMaxLetterCount = 16_000_000;
const maxInFlight = 3;

/** Cells in view, and those that are about to be. Columns by their position in the result. */
export interface WantedCells {
  readonly firstRow: number;
  /** Inclusive. */
  readonly lastRow: number;
  readonly columns: Iterable<number>;
  /** Where the view goes: pages there are read ahead. 0: nowhere. */
  readonly direction: -1 | 0 | 1;
}

interface Page {
  readonly rows: ResultWindow['rows'];
  readonly letterCount: number;
}

interface WindowCacheOptions {
  readonly resultId: ResultId;
  readonly viewId: ViewId;
  readonly columnCount: number;
  readonly read: (input: WindowInput, signal: AbortSignal) => Promise<ResultWindow>;
  readonly onArrival: () => void;
  /** Once for each page that could not be read; it is tried again when it is wanted anew. */
  readonly onFailure: (error: unknown) => void;
  readonly maxLetterCount?: number;
}

/** The cells of a result that are, or were, near the view. Read in pages; those not used for longest are dropped. */
export class WindowCache {
  readonly #options: WindowCacheOptions;
  readonly #blockCount: number;
  /** The page that was wanted last is at the end. */
  readonly #pages = new Map<number, Page>();
  readonly #reading = new Map<number, AbortController>();
  readonly #failed = new Set<number>();
  /** Reads without an answer, those given up included: whoever flies past thousands of pages asks main for a few. */
  #inFlightCount = 0;
  #wanted: readonly number[] = [];
  #letterCount = 0;
  #rowCount = 0;

  constructor(options: WindowCacheOptions) {
    this.#options = options;
    this.#blockCount = Math.max(1, Math.ceil(options.columnCount / pageColumnCount));
  }

  /** Undefined while it is not here. */
  cellAt(row: number, column: number): WindowCell | undefined {
    const page = this.#pages.get(this.#keyOf(row, column));
    return page?.rows[row % pageRowCount]?.[column % pageColumnCount];
  }

  /** So many rows have come; a page that was cut off by the end is read again when it is wanted. */
  setRowCount(rowCount: number): void {
    this.#rowCount = rowCount;
    this.#readOn();
  }

  /** What was wanted before and is not any more is given up. */
  want(cells: WantedCells): void {
    this.#wanted = this.#keysOf(cells);
    const wanted = new Set(this.#wanted);
    for (const [key, controller] of this.#reading) {
      if (wanted.has(key)) continue;
      this.#reading.delete(key);
      controller.abort();
    }
    for (const key of this.#failed) if (!wanted.has(key)) this.#failed.delete(key);
    for (const key of this.#wanted) this.#touch(key);
    this.#readOn();
  }

  /** Tries again what could not be read. */
  retry(): void {
    this.#failed.clear();
    this.#readOn();
  }

  dispose(): void {
    this.#wanted = [];
    for (const controller of this.#reading.values()) controller.abort();
    this.#reading.clear();
    this.#pages.clear();
  }

  #keyOf(row: number, column: number): number {
    return Math.floor(row / pageRowCount) * this.#blockCount + Math.floor(column / pageColumnCount);
  }

  /** Pages in view first, then those ahead. */
  #keysOf({ firstRow, lastRow, columns, direction }: WantedCells): number[] {
    const blocks = [...new Set([...columns].map((column) => Math.floor(column / pageColumnCount)))];
    const first = Math.floor(firstRow / pageRowCount);
    const last = Math.floor(Math.max(firstRow, lastRow) / pageRowCount);
    const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const ahead = direction === 0 ? [] : [direction > 0 ? last + 1 : first - 1];
    return [...pages, ...ahead]
      .filter((page) => page >= 0 && page * pageRowCount < this.#rowCount)
      .flatMap((page) => blocks.map((block) => page * this.#blockCount + block));
  }

  #touch(key: number): void {
    const page = this.#pages.get(key);
    if (page === undefined) return;
    this.#pages.delete(key);
    this.#pages.set(key, page);
  }

  #readOn(): void {
    for (const key of this.#wanted) {
      if (this.#inFlightCount >= maxInFlight) return;
      if (this.#reading.has(key) || this.#failed.has(key) || this.#isWhole(key)) continue;
      void this.#read(key);
    }
  }

  #firstRowOf(key: number): number {
    return Math.floor(key / this.#blockCount) * pageRowCount;
  }

  #isWhole(key: number): boolean {
    const expected = Math.min(pageRowCount, this.#rowCount - this.#firstRowOf(key));
    return (this.#pages.get(key)?.rows.length ?? -1) >= expected;
  }

  async #read(key: number): Promise<void> {
    const { read, onArrival, onFailure } = this.#options;
    const controller = new AbortController();
    this.#reading.set(key, controller);
    this.#inFlightCount += 1;
    const fromColumn = (key % this.#blockCount) * pageColumnCount;
    const input = pageInput(this.#options, this.#firstRowOf(key), fromColumn);
    try {
      const { rows } = await read(input, controller.signal);
      if (this.#reading.get(key) !== controller) return;
      this.#keep(key, rows);
      onArrival();
    } catch (error) {
      if (this.#reading.get(key) !== controller) return;
      this.#failed.add(key);
      onFailure(error);
    } finally {
      this.#inFlightCount -= 1;
      if (this.#reading.get(key) === controller) this.#reading.delete(key);
      this.#readOn();
    }
  }

  #keep(key: number, rows: ResultWindow['rows']): void {
    this.#drop(key);
    const page = { rows, letterCount: letterCountOf(rows) };
    this.#pages.set(key, page);
    this.#letterCount += page.letterCount;
    // A page that has fewer rows than were told of would be read for ever.
    if (!this.#isWhole(key)) this.#failed.add(key);
    const wanted = new Set(this.#wanted);
    for (const oldest of [...this.#pages.keys()]) {
      if (this.#letterCount <= (this.#options.maxLetterCount ?? defaultMaxLetterCount)) return;
      if (!wanted.has(oldest)) this.#drop(oldest);
    }
  }

  #drop(key: number): void {
    this.#letterCount -= this.#pages.get(key)?.letterCount ?? 0;
    this.#pages.delete(key);
  }
}

/** An empty cell counts as well: it takes room in its row. */
function letterCountOf(rows: ResultWindow['rows']): number {
  let count = 0;
  for (const row of rows) {
    for (const cell of row) count += (textOf(cell)?.length ?? 0) + 8;
  }
  return count;
}
