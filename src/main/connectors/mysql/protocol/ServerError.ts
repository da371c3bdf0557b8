import { PacketCursor } from './PacketCursor.ts';

/** An error as the server sent it. Its text is in the server's language: decide by number. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  /** The server's number of the error, as `1045`. */
  readonly errno: number;
  /** For people who look it up: the number, and the SQLSTATE where the server sent one, as `1045 (28000)`. */
  readonly code: string;
  readonly #sqlState: string | null;

  constructor(errno: number, sqlState: string | null, message: string) {
    super(message);
    this.errno = errno;
    this.#sqlState = sqlState;
    this.code = sqlState === null ? String(errno) : `${errno} (${sqlState})`;
  }

  inWords(message: string): ServerError {
    return new ServerError(this.errno, this.#sqlState, message);
  }
}

/** The first byte of an error packet. */
export const errorHeader = 0xff;

const stateMarker = '#'.charCodeAt(0);
const stateLength = 5;

/** @throws WireFailure */
export function readServerError(bytes: Buffer, start: number, end: number): ServerError {
  const cursor = new PacketCursor(bytes, start + 1, end);
  const errno = cursor.uint16();
  let sqlState: string | null = null;
  if (cursor.next === stateMarker) {
    cursor.skip(1);
    sqlState = cursor.text(stateLength);
  }
  return new ServerError(errno, sqlState, cursor.rest().toString('utf8'));
}
