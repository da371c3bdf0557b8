/** Rows as the file of a LOAD DATA: fields behind each other with tabs, rows with line feeds, escapes with backslashes. */
import type { EncodedRows } from '../../RowStream.ts';
import type { WriteTarget } from '../../TableWriter.ts';
import { quoteName, quoteRelation } from '../catalogue/catalogueSql.ts';
import { type ColumnForm, valueSql } from './columnForms.ts';
import { rowsRefused } from './refusedRows.ts';

/** In hexadecimal digits, which mean the same under any sql_mode. */
const format = "FIELDS TERMINATED BY x'09' ENCLOSED BY '' ESCAPED BY x'5C' LINES TERMINATED BY x'0A'";

/** The name of the file is never used. */
export function loadStatement({ relation, columns }: WriteTarget, forms: readonly ColumnForm[]): string {
  const fields = columns.map(({ name }, index) =>
    forms[index] === 'text' ? quoteName(name) : variable(index),
  );
  const set = columns.flatMap(({ name }, index) => {
    const form = forms[index] ?? 'text';
    return form === 'text' ? [] : [`${quoteName(name)} = ${valueSql(form, variable(index))}`];
  });
  return [
    `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${quoteRelation(relation)} CHARACTER SET utf8mb4 ${format}`,
    `(${fields.join(', ')})`,
    ...(set.length === 0 ? [] : [`SET ${set.join(', ')}`]),
  ].join(' ');
}

const variable = (index: number): string => `@mooring_cell_${index}`;

const chunkBytes = 256 * 1024;
/** Most of a cell that is encoded at once: twice as much must fit. */
const pieceBytes = 32 * 1024;
/** What stands around a piece. */
const marginBytes = 8;
const lengthBytes = 4;

const [tab, lineFeed, backslash] = [0x09, 0x0a, 0x5c];
const [letterN, letterT, smallN, zero] = [0x4e, 0x74, 0x6e, 0x30];
const smallX = 0x78;

/** Encodes rows chunk by chunk; each chunk is a buffer of its own. */
export class LoadFile {
  readonly #rows: EncodedRows;
  readonly #forms: readonly ColumnForm[];
  #chunk = Buffer.alloc(0);
  #end = 0;

  constructor(rows: EncodedRows, forms: readonly ColumnForm[]) {
    this.#rows = rows;
    this.#forms = forms;
  }

  /** @throws a row's fault, for what are no digits of bytes */
  *chunks(): Generator<Buffer> {
    const { bytes, starts } = this.#rows;
    this.#renew();
    for (const start of starts) {
      let offset = start;
      for (let index = 0; index < this.#forms.length; index += 1) {
        const length = bytes.readInt32BE(offset);
        offset += lengthBytes;
        if (index > 0) this.#chunk[this.#end++] = tab;
        if (length < 0) this.#null();
        else if (this.#fits(length)) this.#cell(index, offset, offset + length);
        else yield* this.#longCell(index, offset, offset + length);
        offset += Math.max(0, length);
        if (!this.#fits(0)) yield this.#take();
      }
      this.#chunk[this.#end++] = lineFeed;
    }
    yield this.#take();
  }

  /** Whether there is room for a cell of this length, with what stands around it. */
  #fits(length: number): boolean {
    return length <= pieceBytes && this.#end + 2 * length + marginBytes <= chunkBytes;
  }

  *#longCell(index: number, start: number, end: number): Generator<Buffer> {
    const form = this.#forms[index] ?? 'text';
    for (let from = this.#begin(form, start, end); from < end; from += pieceBytes) {
      const to = Math.min(from + pieceBytes, end);
      if (!this.#fits(to - from)) yield this.#take();
      this.#piece(form, from, to);
    }
  }

  #cell(index: number, start: number, end: number): void {
    const form = this.#forms[index] ?? 'text';
    this.#piece(form, this.#begin(form, start, end), end);
  }

  /** Where the digits of bytes begin. */
  #begin(form: ColumnForm, start: number, end: number): number {
    const { bytes } = this.#rows;
    const hasPrefix =
      form === 'bytes' && end - start >= 2 && bytes[start] === zero && bytes[start + 1] === smallX;
    const from = hasPrefix ? start + 2 : start;
    if (form === 'bytes' && (end - from) % 2 !== 0) throw noDigits();
    return from;
  }

  #piece(form: ColumnForm, start: number, end: number): void {
    const { bytes } = this.#rows;
    const chunk = this.#chunk;
    let out = this.#end;
    if (form === 'bytes') requireDigits(bytes, start, end);
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte > backslash || (byte > lineFeed && byte !== backslash)) chunk[out++] = byte;
      else {
        const code = escapeOf(byte);
        if (code !== byte || byte === backslash) chunk[out++] = backslash;
        chunk[out++] = code;
      }
    }
    this.#end = out;
  }

  #null(): void {
    this.#chunk[this.#end++] = backslash;
    this.#chunk[this.#end++] = letterN;
  }

  #take(): Buffer {
    const taken = this.#chunk.subarray(0, this.#end);
    this.#renew();
    return taken;
  }

  #renew(): void {
    this.#chunk = Buffer.allocUnsafe(chunkBytes);
    this.#end = 0;
  }
}

/** What stands behind the backslash; the byte itself for one that needs no letter. */
function escapeOf(byte: number): number {
  switch (byte) {
    case 0:
      return zero;
    case tab:
      return letterT;
    case lineFeed:
      return smallN;
    default:
      return byte;
  }
}

/** Of another text the server would make NULL. */
function requireDigits(bytes: Buffer, start: number, end: number): void {
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66;
    if (!isDigit && !isLetter) throw noDigits();
  }
}

const noDigits = () => rowsRefused('The value of a column of bytes is not made of hexadecimal digits.', null);
