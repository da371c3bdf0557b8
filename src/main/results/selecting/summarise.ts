import type { ResultColumn, SelectedRange, Summary } from '../../../shared/model/results.ts';
import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { RowSorterOptions } from '../arranging/RowSorter.ts';
import { keyRoomFor, writeValueKey } from '../arranging/valueKey.ts';
import { ByteOutput } from '../files/ByteOutput.ts';
import { isNumeric } from '../files/numbers.ts';
import type { ProgressReport } from '../ProgressReport.ts';
import { findCells } from '../spool/cells.ts';
import { DistinctCount } from './DistinctCount.ts';
import { ExactSum } from './ExactSum.ts';

/** Cells that are looked at between two looks at the clock. */
const cellsPerLook = 512;
/** Longest text that is taken for a number. */
const maxNumberBytes = 200_000;

export interface SummaryOptions {
  readonly columns: readonly ResultColumn[];
  readonly blocks: (from: number, to: number) => AsyncIterable<EncodedRows>;
  readonly newFile: RowSorterOptions['newFile'];
  readonly pace: Pace;
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
  readonly #extremes = new Extremes();
  #cellCount = 0;
  #nullCount = 0;
  #rowCount = 0;

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#pace = options.pace;
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
      minimum: this.#extremes.minimum,
      maximum: this.#extremes.maximum,
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
    if (isNumeric(kind) && to - from <= maxNumberBytes && this.#add(bytes, from, to)) {
      this.#extremes.take(bytes, from, to);
    }
    return this.distinct.add(bytes, from, to);
  }

  /** @returns whether it is a number */
  #add(bytes: Buffer, from: number, to: number): boolean {
    return this.#sum.addShort(bytes, from, to) || this.#sum.add(bytes.toString('latin1', from, to));
  }
}

/** The least and the greatest of numbers, by value, as they were written. */
class Extremes {
  readonly #least = new Extreme(-1);
  readonly #greatest = new Extreme(1);
  #key = Buffer.alloc(256);

  get minimum(): string | null {
    return this.#least.text;
  }

  get maximum(): string | null {
    return this.#greatest.text;
  }

  take(bytes: Buffer, from: number, to: number): void {
    if (this.#key.length < keyRoomFor(to - from)) this.#key = Buffer.alloc(keyRoomFor(to - from));
    const end = writeValueKey('decimal', bytes, from, to, this.#key, 0);
    if (this.#least.isPassedBy(this.#key, end)) this.#least.set(this.#key, end, bytes.subarray(from, to));
    if (this.#greatest.isPassedBy(this.#key, end))
      this.#greatest.set(this.#key, end, bytes.subarray(from, to));
  }
}

/** The number that is furthest in a direction, in memory that is used again. */
class Extreme {
  readonly #direction: 1 | -1;
  readonly #key = new ByteOutput();
  readonly #text = new ByteOutput();

  /** @param direction 1 for the greatest, -1 for the least */
  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  get text(): string | null {
    const { bytes, length } = this.#text;
    return length === 0 ? null : bytes.toString('latin1', 0, length);
  }

  isPassedBy(key: Buffer, end: number): boolean {
    if (this.#key.length === 0) return true;
    return key.compare(this.#key.bytes, 0, this.#key.length, 0, end) * this.#direction > 0;
  }

  set(key: Buffer, end: number, text: Buffer): void {
    this.#key.length = 0;
    this.#key.append(key, 0, end);
    this.#text.length = 0;
    this.#text.append(text);
  }
}
