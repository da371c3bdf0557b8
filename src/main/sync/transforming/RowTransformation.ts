import type { Pace } from '../../base/async/Pace.ts';
import { converterBytes } from '../../connectors/converterBytes.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { RowFilter } from '../../results/arranging/RowFilter.ts';
import { ByteOutput } from '../../results/files/ByteOutput.ts';
import { cellLengthAt, findCells, headerBytes } from '../../results/spool/cells.ts';
import type { RejectedRow, Transformation, TransformedRows } from '../copy/ports.ts';
import type { ColumnPlan } from './columnPlan.ts';
import { ValueRefused } from './expressions/expressionError.ts';
import { LossCount } from './LossCount.ts';
import { type CellStep, isRefused, refused, type StepResult } from './steps.ts';

/** Rows between two looks at the clock. */
const rowsPerLook = 64;
/** Up to here a loop is faster than a copy. */
const loopBytes = 96;

export interface TransformationOptions {
  /** Names of the columns of the destination, for reasons. */
  readonly names: readonly string[];
  readonly plans: readonly ColumnPlan[];
  readonly sourceColumnCount: number;
  /** From each column's own text to the canonical one, for expressions; with its name. */
  readonly departures: readonly { readonly name: string; readonly step: CellStep | null }[];
  /** Null: all rows stay. */
  readonly filter: RowFilter | null;
  readonly pace: Pace;
}

/** What is written one after the other for a row. */
type RowPart =
  /** Cells that stand side by side in the source, up to and without `end`. */
  | { readonly type: 'copy'; readonly first: number; readonly end: number }
  | { readonly type: 'made'; readonly plan: MadeColumn; readonly name: string };

type MadeColumn = Exclude<ColumnPlan, { type: 'copy' }>;

function partsOf(plans: readonly ColumnPlan[], names: readonly string[]): readonly RowPart[] {
  const parts: RowPart[] = [];
  for (const [place, plan] of plans.entries()) {
    const last = parts.at(-1);
    if (plan.type !== 'copy') parts.push({ type: 'made', plan, name: names[place] ?? '' });
    else if (last?.type === 'copy' && last.end === plan.index) {
      parts[parts.length - 1] = { ...last, end: plan.index + 1 };
    } else parts.push({ type: 'copy', first: plan.index, end: plan.index + 1 });
  }
  return parts;
}

/** Makes rows of the destination out of those of the source, a batch at a time. */
export class RowTransformation implements Transformation {
  readonly #options: TransformationOptions;
  readonly #isIdentity: boolean;
  readonly #parts: readonly RowPart[];
  readonly #output = new ByteOutput();
  readonly #losses = new LossCount();
  /** Of the row that is being made: they count when it arrives. */
  readonly #lossesOfRow: { readonly column: string; readonly reason: string }[] = [];
  /** Where each cell of the row begins, its length included, and where the last one ends. */
  readonly #heads: Uint32Array;
  readonly #bounds: Int32Array;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(options: TransformationOptions) {
    const { plans, sourceColumnCount, filter } = options;
    this.#options = options;
    this.#parts = partsOf(plans, options.names);
    this.#heads = new Uint32Array(sourceColumnCount + 1);
    this.#bounds = new Int32Array(2 * sourceColumnCount);
    this.#isIdentity =
      filter === null &&
      plans.length === sourceColumnCount &&
      plans.every((plan, place) => plan.type === 'copy' && plan.index === place);
  }

  get losses(): Transformation['losses'] {
    return this.#losses.list;
  }

  async apply(rows: EncodedRows): Promise<TransformedRows> {
    if (this.#isIdentity) return { rows, rejected: [] };
    const { pace } = this.#options;
    const starts = new Uint32Array(rows.starts.length);
    const rejected: RejectedRow[] = [];
    this.#output.length = 0;
    this.#bytes = rows.bytes;
    let count = 0;
    for (let index = 0; index < rows.starts.length; index += 1) {
      if (index % rowsPerLook === 0 && pace.isOver) await pace.pause();
      const start = rows.starts[index] ?? 0;
      const isKept = this.#keeps(start, rows.starts[index + 1] ?? rows.bytes.length);
      if (isKept !== true && !(await isKept)) continue;
      const at = this.#output.length;
      const problem = this.#writeRow(start);
      if (problem === null) {
        starts[count] = at;
        count += 1;
        this.#countLosses();
      } else {
        this.#output.length = at;
        rejected.push({ cells: this.#cells(), reason: problem });
        this.#lossesOfRow.length = 0;
      }
    }
    return { rows: { bytes: this.#output.take(), starts: starts.subarray(0, count) }, rejected };
  }

  #keeps(start: number, end: number): boolean | Promise<boolean> {
    const { filter, sourceColumnCount } = this.#options;
    if (filter === null) return true;
    findCells(this.#bytes, start, end, sourceColumnCount, this.#bounds);
    return filter.keeps(this.#bytes, this.#bounds);
  }

  /** @returns why the row is rejected; null when it was written */
  #writeRow(start: number): string | null {
    this.#findHeads(start);
    const parts = this.#parts;
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index];
      if (part?.type === 'copy') this.#copy(part.first, part.end);
      else if (part !== undefined && !this.#writeBytes(part.plan)) {
        const problem = this.#write(this.#result(part.plan), part.name);
        if (problem !== null) return problem;
      }
    }
    return null;
  }

  /** Writes a usual value without making a text of it. @returns false when nothing was written */
  #writeBytes(plan: MadeColumn): boolean {
    if (plan.type !== 'step' || plan.converter === null) return false;
    const head = this.#heads[plan.index] ?? 0;
    const from = head + headerBytes;
    const to = this.#heads[plan.index + 1] ?? head;
    const output = this.#output;
    output.reserve(to - from + headerBytes + converterBytes);
    const start = output.length + headerBytes;
    const isNull = cellLengthAt(this.#bytes, head) < 0;
    const end = isNull ? start : plan.converter.bytes(this.#bytes, from, to, output.bytes, start);
    if (end < 0) return false;
    output.bytes.writeInt32BE(isNull ? -1 : end - start, output.length);
    output.length = end;
    return true;
  }

  #write(result: StepResult, name: string): string | null {
    if (typeof result === 'string') this.#writeText(result);
    else if (result === null) this.#writeNull();
    else if (isRefused(result)) return `Column “${name}”: ${result.refused}`;
    else {
      this.#lossesOfRow.push({ column: name, reason: result.lost });
      if (result.rest === undefined) this.#writeNull();
      else this.#writeText(result.rest);
    }
    return null;
  }

  #countLosses(): void {
    if (this.#lossesOfRow.length === 0) return;
    for (const { column, reason } of this.#lossesOfRow) this.#losses.add(column, reason);
    this.#lossesOfRow.length = 0;
  }

  #findHeads(start: number): void {
    const heads = this.#heads;
    let at = start;
    for (let column = 0; column < heads.length - 1; column += 1) {
      heads[column] = at;
      at += headerBytes + Math.max(0, cellLengthAt(this.#bytes, at));
    }
    heads[heads.length - 1] = at;
  }

  #copy(first: number, next: number): void {
    const from = this.#heads[first] ?? 0;
    const to = this.#heads[next] ?? from;
    const output = this.#output;
    if (to - from > loopBytes) {
      output.append(this.#bytes, from, to);
      return;
    }
    output.reserve(to - from);
    const source = this.#bytes;
    const target = output.bytes;
    const shift = output.length - from;
    for (let at = from; at < to; at += 1) target[at + shift] = source[at] ?? 0;
    output.length = to + shift;
  }

  #result(plan: MadeColumn): StepResult {
    if (plan.type === 'constant') return plan.text;
    if (plan.type === 'step') {
      const text = this.#text(plan.index);
      return text === null ? null : plan.step(text);
    }
    try {
      const text = plan.evaluate((column) => this.#canonical(column));
      return text === null || plan.step === null ? text : plan.step(text);
    } catch (error) {
      if (error instanceof ValueRefused) return refused(error.message);
      throw error;
    }
  }

  /** The source's own text of a cell. */
  #text(column: number): string | null {
    const head = this.#heads[column] ?? 0;
    if (cellLengthAt(this.#bytes, head) < 0) return null;
    return this.#bytes.toString('utf8', head + headerBytes, this.#heads[column + 1] ?? head);
  }

  #canonical(column: number): string | null {
    const text = this.#text(column);
    const departure = this.#options.departures[column];
    if (text === null || departure === undefined || departure.step === null) return text;
    const result = departure.step(text);
    if (result === null || typeof result === 'string') return result;
    if ('refused' in result) throw new ValueRefused(result.refused);
    this.#lossesOfRow.push({ column: departure.name, reason: result.lost });
    return result.rest ?? null;
  }

  #writeNull(): void {
    this.#output.reserve(headerBytes);
    this.#output.length = this.#output.bytes.writeInt32BE(-1, this.#output.length);
  }

  #writeText(text: string): void {
    const output = this.#output;
    output.reserve(headerBytes + 3 * text.length);
    const start = output.length + headerBytes;
    const length = output.bytes.write(text, start);
    output.bytes.writeInt32BE(length, output.length);
    output.length = start + length;
  }

  /** The row as it would arrive; a cell that cannot is as the source has it. */
  #cells(): (string | null)[] {
    return this.#options.plans.map((plan) => {
      if (plan.type === 'copy') return this.#text(plan.index);
      const result = this.#result(plan);
      if (result === null || typeof result === 'string') return result;
      if ('lost' in result) return result.rest ?? null;
      return plan.type === 'step' ? this.#text(plan.index) : null;
    });
  }
}
