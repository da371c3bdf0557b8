import type { ArrangeInput, ResultColumn } from '../../../shared/model/results.ts';
import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ProgressReport } from '../ProgressReport.ts';
import type { AppendFile } from '../spool/AppendFile.ts';
import { findCells } from '../spool/cells.ts';
import { readBlocks } from '../spool/readBlocks.ts';
import type { Spool } from '../spool/Spool.ts';
import { RowFilter } from './RowFilter.ts';
import { RowKeys } from './RowKeys.ts';
import { RowOrder } from './RowOrder.ts';
import { RowSorter } from './RowSorter.ts';

/** Rows that are looked at between two looks at the clock. */
const rowsPerLook = 512;
/** Row numbers that are kept before they are written. */
const pendingRows = 16 * 1024;

export interface ArrangeOptions {
  readonly spool: Spool;
  readonly columns: readonly ResultColumn[];
  readonly newFile: () => AppendFile;
  readonly pace: Pace;
  readonly progress: ProgressReport;
}

/**
 * Sorts and filters the rows that are there now.
 * @throws the abort's reason, DISK_FULL; then it leaves no file
 */
export async function arrangeRows(
  input: Pick<ArrangeInput, 'sort' | 'filters'>,
  options: ArrangeOptions,
): Promise<RowOrder> {
  const arranging = new Arranging(input, options);
  try {
    return await arranging.run();
  } catch (error) {
    await arranging.order.remove();
    throw error;
  } finally {
    await arranging.sorter?.dispose();
  }
}

class Arranging {
  readonly order: RowOrder;
  /** Null when rows are only filtered. */
  readonly sorter: RowSorter | null;
  readonly #options: ArrangeOptions;
  readonly #keys: RowKeys;
  readonly #filter: RowFilter;
  readonly #pace: Pace;
  readonly #bounds: Int32Array;
  /** How many columns of a row must be found. */
  readonly #columnCount: number;
  readonly #pending = new Uint32Array(pendingRows);
  #pendingCount = 0;

  constructor({ sort, filters }: Pick<ArrangeInput, 'sort' | 'filters'>, options: ArrangeOptions) {
    const { columns, newFile, pace } = options;
    this.#options = options;
    this.#pace = pace;
    this.order = new RowOrder(newFile());
    this.sorter = sort.length === 0 ? null : new RowSorter({ newFile, pace });
    this.#keys = new RowKeys(columns, sort);
    this.#filter = new RowFilter(columns, filters);
    this.#columnCount = 1 + Math.max(...[...sort, ...filters].map(({ column }) => column));
    this.#bounds = new Int32Array(2 * this.#columnCount);
  }

  async run(): Promise<RowOrder> {
    const { spool, progress } = this.#options;
    const rowsTotal = spool.rowCount;
    let row = 0;
    for await (const rows of readBlocks(spool, 0, rowsTotal)) {
      await this.#look(rows, row);
      row += rows.starts.length;
      progress.give({ rowsDone: row, rowsTotal, bytesDone: 0 });
    }
    await this.sorter?.finish(
      (sorted) => this.#put(sorted),
      () => this.#write(),
    );
    await this.#write();
    await this.order.flush();
    return this.order;
  }

  async #look({ bytes, starts }: EncodedRows, firstRow: number): Promise<void> {
    for (let index = 0; index < starts.length; index += 1) {
      const to = starts[index + 1] ?? bytes.length;
      findCells(bytes, starts[index] ?? 0, to, this.#columnCount, this.#bounds);
      const keeps = this.#filter.keeps(bytes, this.#bounds);
      if (typeof keeps === 'boolean' ? keeps : await keeps) {
        if (this.sorter === null) this.#put(firstRow + index);
        else await this.#sort(this.sorter, firstRow + index, bytes);
      }
      if (index % rowsPerLook === 0) {
        await this.#write();
        await this.#pace.rest();
      }
    }
  }

  /** @returns a promise only when there was no room */
  #sort(sorter: RowSorter, row: number, bytes: Buffer): Promise<void> | undefined {
    const room = this.#keys.roomFor(this.#bounds);
    if (!sorter.isFullFor(room)) {
      sorter.add(row, room, (target, at) => this.#keys.write(bytes, this.#bounds, target, at));
      return undefined;
    }
    return sorter.makeRoom().then(() => void this.#sort(sorter, row, bytes));
  }

  #put(row: number): void {
    this.#pending[this.#pendingCount] = row;
    this.#pendingCount += 1;
  }

  /** Called more often than as many rows come as can be pending. */
  async #write(): Promise<void> {
    if (this.#pendingCount === 0) return;
    await this.order.append(this.#pending.subarray(0, this.#pendingCount));
    this.#pendingCount = 0;
  }
}
