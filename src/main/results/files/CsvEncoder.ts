import type { CsvOptions, ResultColumn } from '../../../shared/model/results.ts';
import type { ByteOutput } from './ByteOutput.ts';
import { isNumberByte, isNumeric, isPlainNumber } from './numbers.ts';
import type { LongCellEncoder, RowEncoder } from './RowEncoder.ts';

const quote = 0x22;
const point = 0x2e;
const comma = 0x2c;
const apostrophe = 0x27;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);
const emptyText = Buffer.from('""');
/** Ends the data for psql, when it stands alone in a line. */
const endOfData = Buffer.from('\\.');
/** What spreadsheets take for the beginning of a formula. */
const formulaBytes: ReadonlySet<number | undefined> = new Set(Buffer.from('=+-@\t\r'));
/** Bytes for which room is made at once, since all of them may be quotes. */
const quotedBytes = 64 * 1024;
/** Up to here a loop is faster than searching and copying. */
const loopBytes = 192;
/** Most bytes of a line end. */
const lineEndBytes = 2;

/**
 * CSV as PostgreSQL's COPY reads it back: NULL is its text without quotes, by default nothing, and the empty text is `""`.
 * Whatever is inside of a cell stays as it is.
 */
export class CsvEncoder implements RowEncoder {
  readonly #columns: readonly ResultColumn[];
  readonly #options: CsvOptions;
  readonly #separator: number;
  readonly #lineEnd: Buffer;
  readonly #nullText: Buffer;
  readonly #isNumber: readonly boolean[];
  /** 1 for bytes that a cell without quotes must not have. */
  readonly #special = new Uint8Array(256);

  /** @param columns those of a row, in order */
  constructor(columns: readonly ResultColumn[], options: CsvOptions) {
    this.#columns = columns;
    this.#options = options;
    this.#separator = options.separator.charCodeAt(0);
    this.#lineEnd = Buffer.from(options.lineEnd);
    this.#nullText = Buffer.from(options.nullText);
    this.#isNumber = columns.map(({ kind }) => isNumeric(kind));
    for (const byte of [quote, this.#separator, 0x0a, 0x0d]) this.#special[byte] = 1;
  }

  begin(output: ByteOutput): void {
    if (this.#options.withBom) output.append(byteOrderMark);
    if (!this.#options.withHeader) return;
    for (const [place, { name }] of this.#columns.entries()) {
      if (place > 0) output.byte(this.#separator);
      const bytes = Buffer.from(name);
      this.#text(bytes, 0, bytes.length, output);
    }
    output.append(this.#lineEnd);
  }

  beginRow(): void {}

  cell(place: number, bytes: Buffer, from: number, to: number, output: ByteOutput): void {
    if (place > 0) output.byte(this.#separator);
    if (from < 0) {
      if (this.#nullText.length > 0) output.append(this.#nullText);
    } else if (this.#isNumber[place] !== true || !this.#number(bytes, from, to, output)) {
      this.#text(bytes, from, to, output);
    }
  }

  longCell(place: number): LongCellEncoder {
    let mayBeFormula = this.#options.escapesFormulas;
    return {
      begin: (output) => {
        if (place > 0) output.byte(this.#separator);
        output.byte(quote);
      },
      part: (bytes, from, to, output) => {
        if (mayBeFormula && formulaBytes.has(bytes[from])) output.byte(apostrophe);
        mayBeFormula = false;
        doubleQuotes(bytes, from, to, output);
      },
      end: (output) => output.byte(quote),
    };
  }

  endRow(output: ByteOutput): void {
    const lineEnd = this.#lineEnd;
    output.reserve(lineEndBytes);
    for (let index = 0; index < lineEnd.length; index += 1) {
      output.bytes[output.length] = lineEnd[index] ?? 0;
      output.length += 1;
    }
  }

  end(): void {}

  /** Writes what is nothing but a number. @returns false for a word such as NaN; then nothing was written */
  #number(bytes: Buffer, from: number, to: number, output: ByteOutput): boolean {
    if (!this.#options.decimalComma) return numberBytes(bytes, from, to, output);
    if (!isPlainNumber(bytes, from, to)) return false;
    const isQuoted = this.#separator === comma && bytes.subarray(from, to).includes(point);
    if (isQuoted) output.byte(quote);
    output.reserve(to - from);
    for (let position = from; position < to; position += 1) {
      const byte = bytes[position] ?? 0;
      output.byte(byte === point ? comma : byte);
    }
    if (isQuoted) output.byte(quote);
    return true;
  }

  #text(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
    if (from === to) {
      output.append(emptyText);
      return;
    }
    const isFormula = this.#options.escapesFormulas && formulaBytes.has(bytes[from]);
    if (!isFormula && !this.#isMistakable(bytes, from, to) && this.#plain(bytes, from, to, output)) return;
    output.byte(quote);
    if (isFormula) output.byte(apostrophe);
    doubleQuotes(bytes, from, to, output);
    output.byte(quote);
  }

  /** Writes a cell without quotes. @returns false when it needs them; then nothing was written */
  #plain(bytes: Buffer, from: number, to: number, output: ByteOutput): boolean {
    const special = this.#special;
    if (to - from > loopBytes) {
      const text = bytes.subarray(from, to);
      for (let byte = 0; byte < 128; byte += 1) if (special[byte] === 1 && text.includes(byte)) return false;
      output.append(text);
      return true;
    }
    output.reserve(to - from);
    const target = output.bytes;
    let end = output.length;
    for (let position = from; position < to; position += 1) {
      const byte = bytes[position] ?? 0;
      if (special[byte] === 1) return false;
      target[end] = byte;
      end += 1;
    }
    output.length = end;
    return true;
  }

  /** Whether a text would be read as something else without quotes. */
  #isMistakable(bytes: Buffer, from: number, to: number): boolean {
    return isSame(bytes, from, to, endOfData) || isSame(bytes, from, to, this.#nullText);
  }
}

function numberBytes(bytes: Buffer, from: number, to: number, output: ByteOutput): boolean {
  output.reserve(to - from);
  const target = output.bytes;
  const shift = output.length - from;
  for (let position = from; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (!isNumberByte(byte)) return false;
    target[position + shift] = byte;
  }
  output.length = to + shift;
  return to > from;
}

function isSame(bytes: Buffer, from: number, to: number, other: Buffer): boolean {
  return to - from === other.length && bytes[from] === other[0] && other.equals(bytes.subarray(from, to));
}

function doubleQuotes(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
  if (!bytes.subarray(from, to).includes(quote)) {
    output.append(bytes, from, to);
    return;
  }
  for (let start = from; start < to; start += quotedBytes) {
    const end = Math.min(to, start + quotedBytes);
    output.reserve(2 * (end - start));
    const target = output.bytes;
    let length = output.length;
    for (let position = start; position < end; position += 1) {
      const byte = bytes[position] ?? 0;
      target[length] = byte;
      length += 1;
      if (byte !== quote) continue;
      target[length] = quote;
      length += 1;
    }
    output.length = length;
  }
}
