/**
 * The exact shape of each message a PostgreSQL server may send (manual, "Message Formats"), checked to the last byte.
 * Parsers trust lengths and terminators: pg's loops for ever over an ErrorResponse without its end, and a wrong count
 * makes any of them read on into the next message. Messages are checked where they lie: every statement's answer passes.
 */
import { WireFailure } from '../../network/failures/WireFailure.ts';

/** Checks the body of one message, from `start` up to `end`; reading past `end` must never go unnoticed. */
type Shape = (bytes: Buffer, start: number, end: number) => void;

const type = (letter: string): number => letter.charCodeAt(0);

/** Types by their byte, as far as others need to tell them apart. */
export const messageTypes = {
  authentication: type('R'),
  backendKey: type('K'),
  bindComplete: type('2'),
  commandComplete: type('C'),
  copyData: type('d'),
  copyDone: type('c'),
  copyInResponse: type('G'),
  copyOutResponse: type('H'),
  dataRow: type('D'),
  emptyQuery: type('I'),
  error: type('E'),
  noData: type('n'),
  notice: type('N'),
  notification: type('A'),
  parameterStatus: type('S'),
  parseComplete: type('1'),
  portalSuspended: type('s'),
  readyForQuery: type('Z'),
  rowDescription: type('T'),
} as const;

const shapes: ReadonlyMap<number, Shape> = new Map([
  ...['1', '2', '3', 'c', 'I', 'n', 's'].map((letter) => [type(letter), exactly(0)] as const),
  [type('R'), checkAuthentication],
  [type('K'), exactly(8)],
  [type('Z'), checkReadyForQuery],
  [type('S'), (bytes, start, end) => at(end, textEnd(bytes, textEnd(bytes, start, end), end))],
  [type('A'), (bytes, start, end) => at(end, textEnd(bytes, textEnd(bytes, start + 4, end), end))],
  [type('C'), (bytes, start, end) => at(end, textEnd(bytes, start, end))],
  [type('E'), checkNotice],
  [type('N'), checkNotice],
  [type('T'), checkRowDescription],
  [type('t'), (bytes, start, end) => at(end, start + 2 + 4 * count(bytes, start, end))],
  [type('G'), (bytes, start, end) => at(end, start + 3 + 2 * count(bytes, start + 1, end))],
  [type('H'), (bytes, start, end) => at(end, start + 3 + 2 * count(bytes, start + 1, end))],
  [type('d'), () => undefined],
]);

/** By type byte: a look-up in an array is much cheaper than one in a map. */
const shapeOf: readonly (Shape | undefined)[] = Array.from({ length: 256 }, (_, byte) => shapes.get(byte));

/** Whether a server sends messages of this type at all. */
export function isMessageType(messageType: number): boolean {
  return messageType === messageTypes.dataRow || shapeOf[messageType] !== undefined;
}

/**
 * Checks one message. Rows are checked by `checkDataRow`, which knows how many columns were announced.
 * @throws WireFailure (protocol) for a body that is not what its type says
 */
export function checkMessage(messageType: number, bytes: Buffer, start: number, end: number): void {
  shapeOf[messageType]?.(bytes, start, end);
}

/** @throws WireFailure (protocol) when the row does not hold exactly these columns */
export function checkDataRow(bytes: Buffer, start: number, end: number, columnCount: number): void {
  if (count(bytes, start, end) !== columnCount) {
    throw broken('a row with a different number of columns than announced');
  }
  let offset = start + 2;
  for (let column = 0; column < columnCount; column += 1) {
    if (offset + 4 > end) throw tooShort();
    const length = bytes.readInt32BE(offset);
    if (length < -1) throw broken('a value with a negative length');
    offset += length < 0 ? 4 : 4 + length;
  }
  at(end, offset);
}

/** How many columns a RowDescription announces. */
export function announcedColumnCount(bytes: Buffer, start: number, end: number): number {
  return count(bytes, start, end);
}

function checkAuthentication(bytes: Buffer, start: number, end: number): void {
  if (end - start < 4) throw tooShort();
  const method = bytes.readInt32BE(start);
  const carriesData = method === 8 || method === 11 || method === 12;
  if (method === 10) checkMechanisms(bytes, start + 4, end);
  else if (!carriesData) at(end, start + (method === 5 ? 8 : 4));
}

function checkMechanisms(bytes: Buffer, start: number, end: number): void {
  let offset = start;
  while (offset < end && bytes[offset] !== 0) offset = textEnd(bytes, offset, end);
  at(end, offset + 1);
}

function checkReadyForQuery(bytes: Buffer, start: number, end: number): void {
  at(end, start + 1);
  const status = bytes[start];
  if (status !== type('I') && status !== type('T') && status !== type('E')) {
    throw broken('an unknown transaction status');
  }
}

/** ErrorResponse and NoticeResponse: pairs of a letter and a text, then a zero. */
function checkNotice(bytes: Buffer, start: number, end: number): void {
  let offset = start;
  while (offset < end && bytes[offset] !== 0) offset = textEnd(bytes, offset + 1, end);
  at(end, offset + 1);
}

function checkRowDescription(bytes: Buffer, start: number, end: number): void {
  const columnCount = count(bytes, start, end);
  let offset = start + 2;
  for (let column = 0; column < columnCount; column += 1) offset = textEnd(bytes, offset, end) + 18;
  at(end, offset);
}

function exactly(length: number): Shape {
  return (_bytes, start, end) => at(end, start + length);
}

function at(end: number, offset: number): void {
  if (offset !== end) throw broken('a message whose length does not match its contents');
}

/** Where the zero-terminated text that starts at `offset` has ended. */
function textEnd(bytes: Buffer, offset: number, end: number): number {
  let zero = offset;
  while (zero < end && bytes[zero] !== 0) zero += 1;
  if (zero >= end) throw broken('an unterminated string');
  return zero + 1;
}

function count(bytes: Buffer, offset: number, end: number): number {
  if (offset + 2 > end) throw tooShort();
  const value = bytes.readInt16BE(offset);
  if (value < 0) throw broken('a negative count');
  return value;
}

function tooShort(): WireFailure {
  return broken('a message that is shorter than its stated length');
}

function broken(what: string): WireFailure {
  return new WireFailure('protocol', `The server sent ${what}.`);
}
