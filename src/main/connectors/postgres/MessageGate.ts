import { AuthenticationGuard, type AuthenticationPolicy } from './authenticationPolicy.ts';
import {
  announcedColumnCount,
  checkDataRow,
  checkMessage,
  isMessageType,
  messageTypes,
} from './messageShapes.ts';
import { describeBytes } from './unexpectedBytes.ts';
import { WireFailure } from './WireFailure.ts';

/** Type byte and length. */
const headerLength = 5;
/** Before it let us in, no honest server needs more than a few hundred bytes at a time. */
const maxStartupMessageBytes = 256 * 1024;
/** Largest row or message: PostgreSQL's own limit is 1 GB, far more than anybody can read. */
const maxMessageBytes = 64 * 1024 * 1024;

/**
 * Stands between the socket and whoever reads its messages: lets through whole messages only, each checked first, so that no answer
 * of a broken or hostile server reaches code that trusts it. Bytes of an unfinished message are kept as they came, and
 * never more than one message's limit.
 */
export class MessageGate {
  readonly #authentication: AuthenticationGuard;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** With fewer bytes than this there is nothing to look at. */
  #neededBytes = headerLength;
  #columnCount = 0;
  #isFirst = true;

  constructor(policy: AuthenticationPolicy) {
    this.#authentication = new AuthenticationGuard(policy);
  }

  /**
   * Takes what arrived; answers the messages that are complete, or null.
   * @throws WireFailure; the connection must be dropped then
   */
  accept(chunk: Buffer): Buffer | null {
    const bytes = this.#join(chunk);
    if (bytes === null) return null;
    const completeBytes = this.#checkMessages(bytes);
    if (completeBytes === bytes.length) return bytes;
    this.#kept = [bytes.subarray(completeBytes)];
    this.#keptBytes = bytes.length - completeBytes;
    return completeBytes === 0 ? null : bytes.subarray(0, completeBytes);
  }

  /** What was kept and what has come, in one piece, or null while there is nothing to look at. Most often nothing was kept. */
  #join(chunk: Buffer): Buffer | null {
    if (this.#keptBytes === 0 && chunk.length >= headerLength) return chunk;
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    if (this.#keptBytes < this.#neededBytes) return null;
    const bytes = Buffer.concat(this.#kept, this.#keptBytes);
    this.#kept = [];
    this.#keptBytes = 0;
    return bytes;
  }

  /** Checks message by message; answers how many bytes the complete ones take. */
  #checkMessages(bytes: Buffer): number {
    let offset = 0;
    this.#neededBytes = headerLength;
    while (bytes.length - offset >= headerLength) {
      const end = offset + 1 + this.#messageLength(bytes, offset);
      if (end > bytes.length) {
        this.#neededBytes = end - offset;
        break;
      }
      this.#checkMessage(bytes.readUInt8(offset), bytes, offset + headerLength, end);
      offset = end;
    }
    return offset;
  }

  #messageLength(bytes: Buffer, offset: number): number {
    const length = bytes.readUInt32BE(offset + 1);
    const limit = this.#authentication.isDone ? maxMessageBytes : maxStartupMessageBytes;
    const isKnown = isMessageType(bytes.readUInt8(offset));
    if (isKnown && length >= 4 && length <= limit) return length;
    if (this.#isFirst) throw new WireFailure('protocol', describeBytes(bytes.subarray(offset)));
    if (!isKnown) throw new WireFailure('protocol', 'The server sent a message of an unknown type');
    if (length < 4) throw new WireFailure('protocol', 'The server sent a message of impossible length');
    throw new WireFailure('too-large', `The server sent a message of ${length} bytes; the limit is ${limit}`);
  }

  #checkMessage(type: number, bytes: Buffer, start: number, end: number): void {
    this.#isFirst = false;
    if (type === messageTypes.dataRow) {
      checkDataRow(bytes, start, end, this.#columnCount);
      return;
    }
    checkMessage(type, bytes, start, end);
    if (type === messageTypes.rowDescription) this.#columnCount = announcedColumnCount(bytes, start, end);
    else if (type === messageTypes.authentication) this.#authentication.check(bytes.readInt32BE(start));
    else if (type === messageTypes.readyForQuery && !this.#authentication.isDone) {
      throw new WireFailure('protocol', 'The server is ready for statements before it let us in');
    }
  }
}
