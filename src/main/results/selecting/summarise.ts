import type { ResultColumn, SelectedRange, Summary } from '../../../shared/model/results.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { RowSorterOptions } from '../arranging/RowSorter.ts';
import { keyRoomFor, writeValueKey } from '../arranging/valueKey.ts';
import { isNumeric } from '../files/numbers.ts';
import { Pace } from '../Pace.ts';
import type { ProgressReport } from '../ProgressReport.ts';
import { findCells } from '../spool/cells.ts';
import { DistinctCount } from './DistinctCount.ts';
import { ExactSum } from './ExactSum.ts';

const cellsPerLook = 2_048;
/** Longest text that is taken for a number. */
const maxNumberBytes = 200_000;

export interface SummaryOptions {
  readonly columns: readonly ResultColumn[];
  readonly blocks: (from: number, to: number) => AsyncIterable<EncodedRows>;
  readonly newFile: RowSorterOptions['newFile'];
  readonly signal: AbortSignal;
  readonly progress: ProgressReport;
}

/** Counts and adds up what is selected. @throws the abort's reason, DISK_FULL */
export async function summarise(ranges: readonly SelectedRange[], options: SummaryOptions): Promise<Summary> {
  const summing = new Summing(options);
  try {
    for (const range of ranges) await summing.add(range);
    return await summing.result();
  } finally {
    await summing.distinct.dispose();
  }
}

class Summing {
  readonly distinct: DistinctCount;
  readonly #options: SummaryOptions;
  readonly #pace: Pace;
  readonly #sum = new ExactSum();
  readonly #minimum = new Extreme(-1);
  readonly #maximum = new Extreme(1);
  #cellCount = 0;
  #nullCount = 0;
  #rowCount = 0;

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#pace = new Pace(options.signal);
    this.distinct = new DistinctCount({ newFile: options.newFile, pace: this.#pace });
  }

  async add({ fromRow, toRow, columns }: SelectedRange): Promise<void> {
    const bounds = new Int32Array(2 * (1 + Math.max(...columns)));
    for await (const rows of this.#options.blocks(fromRow, toRow + 1)) {
      await this.#rows(rows, columns, bounds);
      this.#rowCount += rows.starts.length;
      this.#options.progress.give({ rowsDone: this.#rowCount, rowsTotal: null, bytesDone: 0 });
    }
  }

  async result(): Promise<Summary> {
    return {
      cellCount: this.#cellCount,
      nullCount: this.#nullCount,
      distinctCount: await this.distinct.count(),
      sum: this.#sum.sum,
      average: this.#sum.average,
      minimum: this.#minimum.text,
      maximum: this.#maximum.text,
    };
  }

  async #rows({ bytes, starts }: EncodedRows, columns: readonly number[], bounds: Int32Array): Promise<void> {
    for (let index = 0; index < starts.length; index += 1) {
      findCells(bytes, starts[index] ?? 0, starts[index + 1] ?? bytes.length, bounds.length / 2, bounds);
      for (const column of columns) {
        const adding = this.#cell(column, bytes, bounds[2 * column] ?? -1, bounds[2 * column + 1] ?? -1);
        if (adding !== undefined) await adding;
        if (this.#cellCount % cellsPerLook === 0) await this.#pace.rest();
      }
    }
  }

  #cell(column: number, bytes: Buffer, from: number, to: number): Promise<void> | undefined {
    this.#cellCount += 1;
    if (from < 0) {
      this.#nullCount += 1;
      return undefined;
    }
    const kind = this.#options.columns[column]?.kind ?? 'other';
    if (isNumeric(kind) && to - from <= maxNumberBytes && this.#sum.add(bytes.toString('latin1', from, to))) {
      this.#minimum.take(bytes, from, to);
      this.#maximum.take(bytes, from, to);
    }
    return this.distinct.add(bytes, from, to);
  }
}

/** The least or the greatest of numbers, by value, as it was written. */
class Extreme {
  readonly #direction: number;
  #key: Buffer | null = null;
  #scratch = Buffer.alloc(256);
  text: string | null = null;

  /** @param direction 1 for the greatest, -1 for the least */
  constructor(direction: number) {
    this.#direction = direction;
  }

  take(bytes: Buffer, from: number, to: number): void {
    if (this.#scratch.length < keyRoomFor(to - from)) this.#scratch = Buffer.alloc(keyRoomFor(to - from));
    const end = writeValueKey('decimal', bytes, from, to, this.#scratch, 0);
    const order = this.#key === null ? this.#direction : -this.#key.compare(this.#scratch, 0, end);
    if (order * this.#direction <= 0) return;
    this.#key = Buffer.from(this.#scratch.subarray(0, end));
    this.text = bytes.toString('latin1', from, to);
  }
}
