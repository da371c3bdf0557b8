import { describeBytes, refuseOtherService } from '../../network/failures/unexpectedBytes.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { UnfinishedBytes } from '../../network/sockets/UnfinishedBytes.ts';
import {
  announcedColumnCount,
  checkDataRow,
  checkMessage,
  isMessageType,
  messageTypes,
} from './messageShapes.ts';
import { expectedService } from './postgresService.ts';

/** Type byte and length. */
const headerLength = 5;
/** Before it let us in, no honest server needs more than a few hundred bytes at a time. */
const maxStartupMessageBytes = 256 * 1024;
/** Largest message for whoever keeps all of it in memory. */
const maxMessageBytes = 64 * 1024 * 1024;
/** Largest row for whoever takes rows one after another: PostgreSQL's own limit of a value, and as much beside it. */
const maxStreamedBytes = 2 ** 31 - 1;

/** Takes checked messages, whole ones, one after another, and reads each where it lies. */
export interface MessageReader {
  /**
   * @param start of the body, which ends before `end`
   * @throws what ends the connection
   */
  take(type: number, bytes: Buffer, start: number, end: number): void;
  /** Whether what comes is handed on piece by piece, so that a single one may be as large as the server allows. */
  readonly isStreaming?: boolean;
}

/**
 * Stands between the socket and whoever reads its messages: lets through whole messages only, each checked first, so that no answer
 * of a broken or hostile server reaches code that trusts it. Bytes of an unfinished message are kept as they came, and
 * never more than one message's limit.
 */
export class MessageGate {
  readonly #reader: MessageReader;
  readonly #unfinished = new UnfinishedBytes(headerLength);
  #columnCount = 0;
  #isFirst = true;
  #isLetIn = false;
  #messageLimit = maxStartupMessageBytes;

  constructor(reader: MessageReader) {
    this.#reader = reader;
  }

  /** The server has let us in: from now on messages may be as large as rows are. */
  letIn(): void {
    this.#messageLimit = maxMessageBytes;
    this.#isLetIn = true;
  }

  /**
   * Takes what arrived, and gives the reader the messages that are complete.
   * @throws WireFailure, or what the reader throws; the connection must be dropped then
   */
  accept(chunk: Buffer): void {
    this.#unfinished.take(chunk, this.#passMessages);
  }

  readonly #passMessages = (bytes: Buffer): void => {
    if (this.#isFirst) refuseOtherService(bytes, expectedService);
    let offset = 0;
    let neededBytes = headerLength;
    while (bytes.length - offset >= headerLength) {
      const end = offset + 1 + this.#messageLength(bytes, offset);
      if (end > bytes.length) {
        neededBytes = end - offset;
        break;
      }
      const type = bytes.readUInt8(offset);
      this.#checkMessage(type, bytes, offset + headerLength, end);
      this.#reader.take(type, bytes, offset + headerLength, end);
      offset = end;
    }
    this.#unfinished.keepRest(bytes, offset, neededBytes);
  };

  #messageLength(bytes: Buffer, offset: number): number {
    const length = bytes.readUInt32BE(offset + 1);
    const isKnown = isMessageType(bytes.readUInt8(offset));
    const limit = this.#isLetIn && this.#reader.isStreaming === true ? maxStreamedBytes : this.#messageLimit;
    if (isKnown && length >= 4 && length <= limit) return length;
    if (this.#isFirst)
      throw new WireFailure('protocol', describeBytes(bytes.subarray(offset), expectedService));
    if (!isKnown) throw new WireFailure('protocol', 'The server sent a message of an unknown type.');
    if (length < 4) throw new WireFailure('protocol', 'The server sent a message with an invalid length.');
    throw new WireFailure(
      'too-large',
      `The server sent a message of ${length} bytes; the limit is ${limit}.`,
    );
  }

  #checkMessage(type: number, bytes: Buffer, start: number, end: number): void {
    this.#isFirst = false;
    if (type === messageTypes.dataRow) {
      checkDataRow(bytes, start, end, this.#columnCount);
      return;
    }
    checkMessage(type, bytes, start, end);
    if (type === messageTypes.rowDescription) this.#columnCount = announcedColumnCount(bytes, start, end);
  }
}
