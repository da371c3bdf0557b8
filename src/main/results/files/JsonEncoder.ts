import { isUtf8 } from 'node:buffer';
import type { ResultColumn, ValueKind } from '../../../shared/model/results.ts';
import type { ByteOutput } from './ByteOutput.ts';
import { isJsonNumber, isNumeric } from './numbers.ts';
import type { LongCellEncoder, RowEncoder } from './RowEncoder.ts';

const quote = 0x22;
const backslash = 0x5c;
const blank = 0x20;
const isLineEnd = (byte: number): boolean => byte === 0x0a || byte === 0x0d;
const words = { null: Buffer.from('null'), true: Buffer.from('true'), false: Buffer.from('false') };
/** How servers write a truth. */
export const truths: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['f', false],
  ['false', false],
]);

/** How rows stand in the file: in one array, or each in a line of its own. */
export type JsonLayout = 'array' | 'lines';

const textOf = {
  array: { begin: '[', beforeFirst: '\n', between: ',\n', afterRow: '', endEmpty: ']', end: '\n]' },
  lines: { begin: '', beforeFirst: '', between: '', afterRow: '\n', endEmpty: '', end: '' },
};

/**
 * JSON: an object for each row, its members in the order of the columns. A column whose name was there before gets a
 * number, so that no value is lost. Numbers and JSON values stand as the server wrote them, digit by digit; what JSON does
 * not know (NaN, dates, arrays, binary) is the server's text.
 */
export class JsonEncoder implements RowEncoder {
  readonly #kinds: readonly ValueKind[];
  /** What stands before each value: `{"id":` or `,"name":`. */
  readonly #heads: readonly Buffer[];
  readonly #layout: Readonly<Record<keyof (typeof textOf)['array'], Buffer>>;
  #isEmpty = true;

  /** @param columns those of a row, in order */
  constructor(columns: readonly ResultColumn[], layout: JsonLayout) {
    this.#kinds = columns.map(({ kind }) => kind);
    this.#heads = uniqueNames(columns.map(({ name }) => name)).map((name, place) =>
      Buffer.from(`${place === 0 ? '' : ','}${JSON.stringify(name)}:`),
    );
    const { begin, beforeFirst, between, afterRow, endEmpty, end } = textOf[layout];
    this.#layout = {
      begin: Buffer.from(begin),
      beforeFirst: Buffer.from(beforeFirst),
      between: Buffer.from(between),
      afterRow: Buffer.from(`}${afterRow}`),
      endEmpty: Buffer.from(endEmpty),
      end: Buffer.from(end),
    };
  }

  begin(output: ByteOutput): void {
    output.append(this.#layout.begin);
  }

  beginRow(isFirst: boolean, output: ByteOutput): void {
    this.#isEmpty = false;
    output.append(isFirst ? this.#layout.beforeFirst : this.#layout.between);
    output.byte(0x7b);
  }

  cell(place: number, bytes: Buffer, from: number, to: number, output: ByteOutput): void {
    output.append(this.#heads[place] ?? words.null);
    const kind = this.#kinds[place] ?? 'other';
    if (from < 0) output.append(words.null);
    else if (isNumeric(kind) && isJsonNumber(bytes, from, to)) output.append(bytes, from, to);
    else if (kind === 'json' && isJson(bytes, from, to)) jsonValue(bytes, from, to, output);
    else if (kind === 'boolean') booleanValue(bytes, from, to, output);
    else stringValue(bytes, from, to, output);
  }

  longCell(place: number): LongCellEncoder {
    const head = this.#heads[place] ?? words.null;
    // The server checked it when it was stored; to check one that is this long takes longer than the event loop may wait.
    if (this.#kinds[place] === 'json') {
      return { begin: (output) => output.append(head), part: jsonValue, end: () => undefined };
    }
    return {
      begin: (output) => {
        output.append(head);
        output.byte(quote);
      },
      part: escapeString,
      end: (output) => output.byte(quote),
    };
  }

  endRow(output: ByteOutput): void {
    output.append(this.#layout.afterRow);
  }

  end(output: ByteOutput): void {
    output.append(this.#isEmpty ? this.#layout.endEmpty : this.#layout.end);
  }
}

/** The names, where one that was there before gets the first number that makes it new: `id`, `id_2`, `id_3`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; seen.has(unique) || (unique !== name && taken.has(unique)); number += 1) {
      unique = `${name}_${number}`;
    }
    seen.add(unique);
    return unique;
  });
}

function isJson(bytes: Buffer, from: number, to: number): boolean {
  try {
    JSON.parse(bytes.toString('utf8', from, to));
    return true;
  } catch {
    return false;
  }
}

/** A value that is JSON already. Between its tokens it may have line ends, which would end a line of NDJSON. */
function jsonValue(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
  const source = validUtf8(bytes, from, to);
  output.reserve(source.length);
  const { bytes: target } = output;
  let end = output.length;
  for (let position = 0; position < source.length; position += 1) {
    const byte = source[position] ?? blank;
    target[end] = isLineEnd(byte) ? blank : byte;
    end += 1;
  }
  output.length = end;
}

function booleanValue(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
  const truth = truths.get(bytes.toString('latin1', from, Math.min(to, from + 6)));
  if (truth === undefined) stringValue(bytes, from, to, output);
  else output.append(truth ? words.true : words.false);
}

function stringValue(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
  output.byte(quote);
  escapeString(bytes, from, to, output);
  output.byte(quote);
}

function escapeString(bytes: Buffer, from: number, to: number, output: ByteOutput): void {
  output.reserve(to - from);
  const target = output.bytes;
  let end = output.length;
  for (let position = from; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte < blank || byte === quote || byte === backslash || byte >= 0x80) {
      output.length = end;
      escapeRest(validUtf8(bytes, position, to), output);
      return;
    }
    target[end] = byte;
    end += 1;
  }
  output.length = end;
}

/** The same for a text that has something to escape, or is not all ASCII. */
function escapeRest(bytes: Buffer, output: ByteOutput): void {
  for (let start = 0; start < bytes.length; start += escapedBytes) {
    const to = Math.min(bytes.length, start + escapedBytes);
    output.reserve(longestEscape * (to - start));
    const target = output.bytes;
    let end = output.length;
    for (let position = start; position < to; position += 1) {
      const byte = bytes[position] ?? 0;
      if (byte >= blank && byte !== quote && byte !== backslash) {
        target[end] = byte;
        end += 1;
        continue;
      }
      const written = escapeOf(byte);
      for (let index = 0; index < written.length; index += 1) target[end + index] = written[index] ?? 0;
      end += written.length;
    }
    output.length = end;
  }
}

/** Bytes for which room is made at once, since all of them may have to be escaped. */
const escapedBytes = 16 * 1024;
const longestEscape = '\\u0000'.length;
const escapes: readonly Buffer[] = Array.from({ length: 128 }, (_, byte) =>
  Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1)),
);
const escapeOf = (byte: number): Buffer => escapes[byte] ?? words.null;

/** The bytes themselves when they are UTF-8; what is not becomes the replacement character. */
function validUtf8(bytes: Buffer, from: number, to: number): Buffer {
  const part = bytes.subarray(from, to);
  return isUtf8(part) ? part : Buffer.from(part.toString('utf8'));
}
