/**
 * What is sent for one statement, in one piece, so that it leaves in one write (manual, "Message Formats"). Always the
 * extended protocol: it is one statement, and its values are never part of the SQL.
 */
import type { Statement } from '../../Connection.ts';

/** A message of a type, with its length. */
function message(type: string, ...body: readonly number[]): Buffer {
  return Buffer.from([type.charCodeAt(0), 0, 0, 0, body.length + 4, ...body]);
}

/** Ends a step: the server is ready again, and what was skipped after an error is over. */
export const sync = message('S');
/** Execute of the unnamed portal without a limit of rows. */
const execute = message('E', 0, 0, 0, 0, 0);
/** Describe of the unnamed portal, Execute, Sync. */
const describeExecuteSync = Buffer.concat([message('D', 'P'.charCodeAt(0), 0), execute, sync]);

/** Bind: unnamed portal, unnamed statement, no formats, no values, one format for the answer: text. */
const bind = message('B', 0, 0, 0, 0, 0, 0, 0, 1, 0, 0);
const bindNothing = Buffer.concat([bind, describeExecuteSync]);

/** A Query without a statement: the server answers it in any state, also inside a failed transaction. */
export const emptyQuery = message('Q', 0);

/** A text outside of the extended protocol, of which some poolers answer more than of the other. */
export const simpleQuery = (text: string): Buffer => message('Q', ...Buffer.from(text), 0);

/** Flush: the server answers what it got, and the step goes on. */
const flush = message('H');

/** CopyDone: all data was sent. */
export const copyDone = message('c');
/** CopyFail: the COPY that waits for data ends with an error. */
export const copyFail = message('f', ...Buffer.from('Mooring sends no data\0'));

/** What stands before the bytes of a CopyData. */
export function copyDataHeader(byteCount: number): Buffer {
  const header = Buffer.allocUnsafe(5);
  header[0] = 'd'.charCodeAt(0);
  header.writeUInt32BE(byteCount + 4, 1);
  return header;
}

/** Type, length, name, the zero after the text, and the number of types. */
const parseOverhead = 9;
/** Type, length, names, numbers of formats and values, and the format of the answer. */
const bindOverhead = 15;

/** Parse, Bind, Describe, Execute and Sync. The statement must have been checked. */
export function statementMessages(text: string, values: Statement['values']): Buffer {
  const parseBytes = parseOverhead + Buffer.byteLength(text);
  if (values === undefined || values.length === 0) {
    const bytes = Buffer.allocUnsafe(parseBytes + bindNothing.length);
    writeParse(bytes, text, parseBytes);
    bytes.set(bindNothing, parseBytes);
    return bytes;
  }
  const texts = values.map((value) => (value === null ? null : String(value)));
  const bindBytes = texts.reduce(
    (sum, value) => sum + 4 + (value === null ? 0 : Buffer.byteLength(value)),
    bindOverhead,
  );
  const bytes = Buffer.allocUnsafe(parseBytes + bindBytes + describeExecuteSync.length);
  writeParse(bytes, text, parseBytes);
  writeBind(bytes.subarray(parseBytes, parseBytes + bindBytes), texts);
  bytes.set(describeExecuteSync, parseBytes + bindBytes);
  return bytes;
}

/** The same messages, but for the Sync: the step goes on until another one ends it. */
export function withoutSync(messages: Buffer): Buffer {
  return Buffer.concat([messages.subarray(0, -sync.length), flush]);
}

/** The same messages, but for the rows: the server stops after so many of them. */
export function withRowLimit(messages: Buffer, maxRows: number): Buffer {
  const limited = Buffer.from(messages);
  limited.writeInt32BE(Math.min(maxRows, maxExecutedRows), limited.length - sync.length - 4);
  return limited;
}

const maxExecutedRows = 0x7f_ff_ff_ff;

/** Parse, Bind and Execute of a command that answers no rows, without Sync: another one follows in the same step. */
export function commandMessages(text: string): Buffer {
  const parseBytes = parseOverhead + Buffer.byteLength(text);
  const parse = Buffer.alloc(parseBytes);
  writeParse(parse, text, parseBytes);
  return Buffer.concat([parse, bind, execute]);
}

/** The unnamed statement; the server finds out the types of its values. */
function writeParse(bytes: Buffer, text: string, size: number): void {
  bytes[0] = 0x50;
  bytes.writeInt32BE(size - 1, 1);
  bytes[5] = 0;
  bytes.write(text, 6);
  bytes[size - 3] = 0;
  bytes.writeInt16BE(0, size - 2);
}

/** The unnamed portal of the unnamed statement, with every value as text, and the answer as text. */
function writeBind(bytes: Buffer, texts: readonly (string | null)[]): void {
  bytes[0] = 0x42;
  bytes.writeInt32BE(bytes.length - 1, 1);
  bytes.writeInt32BE(0, 5);
  bytes.writeUInt16BE(texts.length, 9);
  let offset = 11;
  for (const text of texts) {
    const length = text === null ? -1 : bytes.write(text, offset + 4);
    offset = bytes.writeInt32BE(length, offset) + Math.max(length, 0);
  }
  bytes.writeInt32BE(0x1_0000, offset);
}
