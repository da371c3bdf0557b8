/**
 * The exact shape of each message a PostgreSQL server may send (manual, "Message Formats"), checked to the last byte.
 * pg's parser trusts lengths and terminators: an ErrorResponse without its end makes it loop for ever, and a wrong count
 * makes it read on into the next message.
 */
import { WireFailure } from './WireFailure.ts';

type Shape = (body: Buffer) => void;

const type = (letter: string): number => letter.charCodeAt(0);

/** Types by their byte, as far as others need to tell them apart. */
export const messageTypes = {
  authentication: type('R'),
  dataRow: type('D'),
  rowDescription: type('T'),
  readyForQuery: type('Z'),
} as const;

const shapes: ReadonlyMap<number, Shape> = new Map([
  ...['1', '2', '3', 'c', 'I', 'n', 's'].map((letter) => [type(letter), exactly(0)] as const),
  [type('R'), checkAuthentication],
  [type('K'), exactly(8)],
  [type('Z'), checkReadyForQuery],
  [type('S'), (body) => end(body, textEnd(body, textEnd(body, 0)))],
  [type('A'), (body) => end(body, textEnd(body, textEnd(body, 4)))],
  [type('C'), (body) => end(body, textEnd(body, 0))],
  [type('E'), checkNotice],
  [type('N'), checkNotice],
  [type('T'), checkRowDescription],
  [type('t'), (body) => end(body, 2 + 4 * count(body, 0))],
  [type('G'), (body) => end(body, 3 + 2 * count(body, 1))],
  [type('H'), (body) => end(body, 3 + 2 * count(body, 1))],
  [type('d'), () => undefined],
]);

/** Whether a server sends messages of this type at all. */
export function isMessageType(messageType: number): boolean {
  return messageType === messageTypes.dataRow || shapes.has(messageType);
}

/**
 * Checks one message. Rows are checked by `checkDataRow`, which knows how many columns were announced.
 * @throws WireFailure (protocol) for a body that is not what its type says
 */
export function checkMessage(messageType: number, body: Buffer): void {
  withinBody(() => shapes.get(messageType)?.(body));
}

/** @throws WireFailure (protocol) when the row does not hold exactly these columns */
export function checkDataRow(body: Buffer, columnCount: number): void {
  withinBody(() => {
    if (count(body, 0) !== columnCount) throw broken('a row with another number of columns than announced');
    let offset = 2;
    for (let column = 0; column < columnCount; column += 1) {
      const length = body.readInt32BE(offset);
      if (length < -1) throw broken('a cell of negative length');
      offset += 4 + Math.max(length, 0);
    }
    end(body, offset);
  });
}

/** How many columns a RowDescription announces. */
export function announcedColumnCount(body: Buffer): number {
  return count(body, 0);
}

function withinBody(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof RangeError ? broken('a message that is shorter than it says') : error;
  }
}

function checkAuthentication(body: Buffer): void {
  const method = body.readInt32BE(0);
  const carriesData = method === 8 || method === 11 || method === 12;
  if (method === 10) checkMechanisms(body);
  else if (!carriesData) end(body, method === 5 ? 8 : 4);
}

function checkMechanisms(body: Buffer): void {
  let offset = 4;
  while (body[offset] !== 0) offset = textEnd(body, offset);
  end(body, offset + 1);
}

function checkReadyForQuery(body: Buffer): void {
  end(body, 1);
  if (!'ITE'.includes(String.fromCharCode(body.readUInt8(0)))) throw broken('an unknown transaction status');
}

/** ErrorResponse and NoticeResponse: pairs of a letter and a text, then a zero. */
function checkNotice(body: Buffer): void {
  let offset = 0;
  while (body.readUInt8(offset) !== 0) offset = textEnd(body, offset + 1);
  end(body, offset + 1);
}

function checkRowDescription(body: Buffer): void {
  const columnCount = count(body, 0);
  let offset = 2;
  for (let column = 0; column < columnCount; column += 1) offset = textEnd(body, offset) + 18;
  end(body, offset);
}

function exactly(length: number): Shape {
  return (body) => end(body, length);
}

function end(body: Buffer, offset: number): void {
  if (offset !== body.length) throw broken('a message whose length does not fit what it holds');
}

/** Where the zero-terminated text that starts at `offset` has ended. */
function textEnd(body: Buffer, offset: number): number {
  const zero = offset > body.length ? -1 : body.indexOf(0, offset);
  if (zero === -1) throw broken('a text without an end');
  return zero + 1;
}

function count(body: Buffer, offset: number): number {
  const value = body.readInt16BE(offset);
  if (value < 0) throw broken('a negative count');
  return value;
}

function broken(what: string): WireFailure {
  return new WireFailure('protocol', `The server sent ${what}`);
}
