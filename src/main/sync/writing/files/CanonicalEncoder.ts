import { converterBytes } from '../../../connectors/converterBytes.ts';
import type { ByteOutput } from '../../../results/files/ByteOutput.ts';
import type { LongCellEncoder, RowEncoder } from '../../../results/files/RowEncoder.ts';
import type { CanonicalConverter, SourceCell, ValueLoss } from '../../copy/ports.ts';
import { LossCount } from '../../transforming/LossCount.ts';

const noCell = -1;

/** Encodes cells of a source: each one becomes canonical where it is written, so that rows are gone through once. */
export class CanonicalEncoder implements RowEncoder {
  readonly #encoder: RowEncoder;
  readonly #names: readonly string[];
  readonly #converters: readonly (CanonicalConverter | null)[];
  readonly #losses = new LossCount();
  #converted = Buffer.allocUnsafeSlow(1_024);

  /** @param names of the columns of the file, for losses */
  constructor(encoder: RowEncoder, names: readonly string[], cells: readonly SourceCell[]) {
    this.#encoder = encoder;
    this.#names = names;
    this.#converters = cells.map(({ converter }) => converter);
  }

  get losses(): readonly ValueLoss[] {
    return this.#losses.list;
  }

  begin(output: ByteOutput): void {
    this.#encoder.begin(output);
  }

  beginRow(isFirst: boolean, output: ByteOutput): void {
    this.#encoder.beginRow(isFirst, output);
  }

  cell(place: number, bytes: Buffer, from: number, to: number, output: ByteOutput): void {
    const converter = this.#converters[place] ?? null;
    if (converter === null || from < 0) {
      this.#encoder.cell(place, bytes, from, to, output);
      return;
    }
    const room = to - from + converterBytes;
    if (room > this.#converted.length) this.#converted = Buffer.allocUnsafeSlow(2 * room);
    const end = converter.bytes(bytes, from, to, this.#converted, 0);
    if (end >= 0) this.#encoder.cell(place, this.#converted, 0, end, output);
    else this.#unusual(place, converter, bytes.toString('utf8', from, to), output);
  }

  /** None of the columns that are converted has values that are so long. */
  longCell(place: number): LongCellEncoder {
    return this.#encoder.longCell(place);
  }

  endRow(output: ByteOutput): void {
    this.#encoder.endRow(output);
  }

  end(output: ByteOutput): void {
    this.#encoder.end(output);
  }

  #unusual(place: number, { text }: CanonicalConverter, value: string, output: ByteOutput): void {
    const result = text(value);
    if (typeof result !== 'string') this.#losses.add(this.#names[place] ?? '', result.lost);
    const written = typeof result === 'string' ? result : result.rest;
    const bytes = Buffer.from(written ?? '');
    if (written === undefined) this.#encoder.cell(place, bytes, noCell, noCell, output);
    else this.#encoder.cell(place, bytes, 0, bytes.length, output);
  }
}
