import type { ResourceColumn } from '../../../../../shared/model/resources.ts';
import type { EncodedRows } from '../../../RowStream.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { textOf, writeUnescaped } from '../../json/jsonText.ts';
import type { RecordSet } from '../selecting/RecordSet.ts';
import { scalarField } from './inferColumns.ts';
import { KeyTable } from './KeyTable.ts';

/** Bytes of one batch, about. */
const batchBytes = 512 * 1024;
/** A row has four bytes for each of its cells at least. */
const maxBatchRows = batchBytes / 4;
/** Shorter ones are copied faster in a loop than by a call. */
const shortBytes = 40;

/** A field of a record that no column has, under the keys that lead to it. */
interface OtherField {
  readonly path: readonly string[];
  readonly value: number;
}

/** Copies records from their tape into rows, without decoding what need not be. */
export class RecordEncoder {
  readonly #hasOther: boolean;
  readonly #keyColumns: readonly number[];
  readonly #isJson: readonly boolean[];
  readonly #table: KeyTable;
  /** Where a record that is no object goes. */
  readonly #scalarColumn: number;
  /** Of the current record: the token of each cell; -1: none. */
  readonly #cells: Int32Array;
  #other: OtherField[] = [];
  /** Keys that lead to the object that is being looked at. */
  readonly #keys: number[] = [];
  #buffer: Buffer = Buffer.allocUnsafeSlow(batchBytes + 64 * 1024);
  #length = 0;
  /** The tape's bytes and the buffer, to copy four bytes at once. */
  #source = viewOf(this.#buffer);
  #target = viewOf(this.#buffer);

  /** @param hasOther whether fields without a column go into a last one */
  constructor(columns: readonly ResourceColumn[], hasOther: boolean) {
    this.#hasOther = hasOther;
    this.#keyColumns = columns.flatMap(({ path }, index) => (path.length === 0 ? [index] : []));
    this.#isJson = columns.map(({ type }) => type === 'json');
    this.#table = KeyTable.of(columns);
    this.#scalarColumn = columns.findIndex(({ path }) => path.length === 1 && path[0] === scalarField);
    this.#cells = new Int32Array(columns.length);
  }

  /**
   * Rows of the records from one on, about half a megabyte.
   * @returns the rows, whose bytes are good until the next call, and the first record that is not among them
   */
  encode(
    { tape, tokens, keys }: RecordSet,
    from: number,
  ): { readonly rows: EncodedRows; readonly next: number } {
    this.#length = 0;
    this.#source = viewOf(tape.bytes);
    const starts = new Uint32Array(Math.min(tokens.length - from, maxBatchRows));
    let count = 0;
    let next = from;
    while (count < starts.length && this.#length < batchBytes) {
      starts[count] = this.#length;
      count += 1;
      this.#place(tape, tokens[next] as number);
      if (keys !== null) for (const column of this.#keyColumns) this.#cells[column] = keys[next] ?? -1;
      this.#write(tape);
      next += 1;
    }
    return {
      rows: { bytes: this.#buffer.subarray(0, this.#length), starts: starts.subarray(0, count) },
      next,
    };
  }

  /** Finds the value of each cell. */
  #place(tape: JsonTape, record: number): void {
    this.#cells.fill(-1);
    if (this.#other.length > 0) this.#other = [];
    if (tape.kind(record) === tokenKinds.object) this.#placeFields(tape, record, this.#table);
    else if (this.#scalarColumn >= 0) this.#cells[this.#scalarColumn] = record;
    else this.#other.push({ path: [scalarField], value: record });
  }

  #placeFields(tape: JsonTape, object: number, table: KeyTable): void {
    const { kinds, ends } = tape;
    const closing = ends[object] as number;
    let order = 0;
    for (let key = object + 1; key < closing; order += 1) {
      const value = key + 1;
      const kind = kinds[value] as number;
      const { column, inner } = table.slotOf(tape, key, order);
      if (column >= 0) this.#cells[column] = value;
      if (inner !== null && kind === tokenKinds.object) {
        this.#keys.push(key);
        this.#placeFields(tape, value, inner);
        this.#keys.pop();
      } else if (column < 0 && this.#hasOther && !(inner !== null && kind === tokenKinds.null)) {
        this.#other.push({ path: [...this.#keys, key].map((each) => textOf(tape, each)), value });
      }
      key = kind <= tokenKinds.array ? (ends[value] as number) + 1 : value + 1;
    }
  }

  #write(tape: JsonTape): void {
    const { bytes, kinds, starts, ends } = tape;
    const cells = this.#cells;
    for (let column = 0; column < cells.length; column += 1) {
      const token = cells[column] as number;
      const kind = token < 0 ? tokenKinds.null : (kinds[token] as number);
      if (kind === tokenKinds.null) {
        this.#writeValue(bytes, 0, -1);
        continue;
      }
      const from = starts[token] as number;
      const to = ends[token] as number;
      const isText = kind === tokenKinds.text || kind === tokenKinds.escaped;
      if (isText && this.#isJson[column] === true) this.#writeValue(bytes, from - 1, to - from + 2);
      else if (kind === tokenKinds.escaped) this.#writeText(tape, token);
      else if (kind <= tokenKinds.array) this.#writeValue(bytes, from, (starts[to] as number) + 1 - from);
      else this.#writeValue(bytes, from, to - from);
    }
    if (this.#hasOther) this.#writeOther(tape);
  }

  /** In one place, without a call for each step: every value of every page comes by here. @param length -1 for NULL */
  #writeValue(bytes: Buffer, from: number, length: number): void {
    let at = this.#length;
    const size = 4 + Math.max(0, length);
    const target = at + size > this.#buffer.length ? this.#grown(at, size) : this.#buffer;
    // Without the checks of a method of Buffer.
    target[at] = length >> 24;
    target[at + 1] = length >> 16;
    target[at + 2] = length >> 8;
    target[at + 3] = length;
    at += 4;
    if (length >= shortBytes) at += bytes.copy(target, at, from, from + length);
    else {
      const end = from + length;
      let index = from;
      for (; index < end - 3; index += 4, at += 4) this.#target.setInt32(at, this.#source.getInt32(index));
      for (; index < end; index += 1, at += 1) target[at] = bytes[index] as number;
    }
    this.#length = at;
  }

  #writeText(tape: JsonTape, token: number): void {
    const from = tape.start(token);
    const to = tape.end(token);
    this.#reserve(4 + to - from);
    const start = this.#length + 4;
    const end = writeUnescaped(tape.bytes, from, to, this.#buffer, start);
    this.#writeLength(end - start);
    this.#length = end;
  }

  /** One object of all fields that have no column, each as it was sent, inner ones by their path. */
  #writeOther(tape: JsonTape): void {
    if (this.#other.length === 0) {
      this.#writeValue(tape.bytes, 0, -1);
      return;
    }
    const start = this.#length + 4;
    this.#length = start;
    for (const [index, { path, value }] of this.#other.entries()) {
      const before = `${index === 0 ? '{' : ','}${JSON.stringify(path.join('.'))}:`;
      const from = tape.rawStart(value);
      const to = tape.rawEnd(value);
      this.#reserve(Buffer.byteLength(before) + to - from + 1);
      this.#length += this.#buffer.write(before, this.#length);
      this.#length += tape.bytes.copy(this.#buffer, this.#length, from, to);
    }
    this.#reserve(1);
    this.#buffer[this.#length] = 0x7d;
    const end = this.#length + 1;
    this.#length = start - 4;
    this.#writeLength(end - start);
    this.#length = end;
  }

  /** Without the checks of a method of Buffer: this is on the way of every cell. */
  #writeLength(length: number): void {
    const buffer = this.#buffer;
    const at = this.#length;
    buffer[at] = length >> 24;
    buffer[at + 1] = length >> 16;
    buffer[at + 2] = length >> 8;
    buffer[at + 3] = length;
  }

  #reserve(byteCount: number): void {
    if (this.#length + byteCount > this.#buffer.length) this.#grown(this.#length, byteCount);
  }

  /** A larger buffer with what was written so far, and room for so many bytes more. */
  #grown(length: number, byteCount: number): Buffer {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, length + byteCount));
    this.#buffer.copy(grown, 0, 0, length);
    this.#buffer = grown;
    this.#target = viewOf(grown);
    return grown;
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);
