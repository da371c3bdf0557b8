import { WireFailure } from '../../network/failures/WireFailure.ts';
import { type Capabilities, capability, sessionStatus } from '../protocol/capabilities.ts';
import { malformed, PacketCursor } from '../protocol/PacketCursor.ts';
import type { PacketReader } from '../protocol/PacketGate.ts';
import { errorHeader, readServerError, type ServerError } from '../protocol/ServerError.ts';
import {
  type ColumnDefinition,
  type Completion,
  header,
  readColumn,
  readCompletion,
  readEnd,
} from '../protocol/serverPackets.ts';

/** MySQL's own limit is 4,096. */
const maxColumnCount = 65_535;
/** Of all columns of a result; names are short. */
const maxColumnBytes = 32 * 1024 * 1024;
/** Up to this length a packet that begins with `header.end` is one; a row that begins with it is longer. */
const longestEnd = 0xff_ff_fe;
const longestOldEnd = 8;

/** Takes the answer to one command, part by part. */
export interface AnswerSink {
  /** Whether it hands on its rows one by one. */
  readonly isStreaming?: boolean;
  /** A result begins. */
  describe(columns: readonly ColumnDefinition[], byteCount: number): void;
  /** @throws WireFailure for a row that does not fit its columns */
  row(bytes: Buffer, start: number, end: number): void;
  /** A result has ended; without columns it was none, and the command is done. */
  complete(completion: Completion): void;
  fail(error: ServerError): void;
  /**
   * The server asks for the data of a LOAD DATA LOCAL. Absent: there is none, and nobody may ask.
   * @param sequence of the first packet of it
   */
  readonly fileRequested?: ((sequence: number) => void) | undefined;
}

/** One command that was sent, and who takes its answer. */
export interface ExpectedAnswer {
  /** Of the first packet of the answer. */
  readonly sequence: number;
  readonly sink: AnswerSink;
}

type Phase = 'header' | 'columns' | 'end-of-columns' | 'rows';

/**
 * Hands what the server says after it let us in to the commands that wait for an answer, in their order. Every packet has
 * its place; at any other it ends the session, since it could be taken for the answer to the next statement.
 */
export class AnswerReader implements PacketReader {
  readonly #capabilities: Capabilities;
  readonly #endsWithOk: boolean;
  readonly #expectSequence: (sequence: number | null) => void;
  #expected: ExpectedAnswer[] = [];
  #phase: Phase = 'header';
  #columnCount = 0;
  #columns: ColumnDefinition[] = [];
  #columnBytes = 0;
  #status: number;
  #onAnswered: () => void = () => undefined;

  /** @param status of the session after the log-in */
  constructor(capabilities: Capabilities, status: number, expectSequence: (sequence: number | null) => void) {
    this.#capabilities = capabilities;
    this.#endsWithOk = (capabilities.flags & capability.deprecateEof) !== 0;
    this.#status = status;
    this.#expectSequence = expectSequence;
  }

  /** The status of the session (`sessionStatus`), as the last answer gave it. Errors do not bring one. */
  get status(): number {
    return this.#status;
  }

  get isInTransaction(): boolean {
    return (this.#status & sessionStatus.inTransaction) !== 0;
  }

  /** Whether the rows that come are handed on one by one. */
  get isStreaming(): boolean {
    return this.#expected[0]?.sink.isStreaming === true;
  }

  /** @param listener called when every command that was sent is answered */
  onAnswered(listener: () => void): void {
    this.#onAnswered = listener;
  }

  /** The file that was asked for is sent. @param sequence of what answers it */
  fileSent(sequence: number): void {
    this.#expectSequence(sequence & 0xff);
  }

  /** What comes from now on answers these commands. */
  expect(answers: readonly ExpectedAnswer[]): void {
    this.#expected.push(...answers);
    if (this.#expected.length === answers.length) this.#begin();
  }

  /**
   * @throws ServerError with which the server ends the session, or WireFailure for an answer that nobody asked for; the
   * connection must be dropped then
   */
  take(bytes: Buffer, start: number, end: number): void {
    const first = bytes[start];
    const sink = this.#expected[0]?.sink;
    if (first === undefined || start === end) throw malformed();
    if (sink === undefined) throw unasked(bytes, start, end);
    if (this.#phase === 'rows' && first < header.end) {
      sink.row(bytes, start, end);
    } else if (first === errorHeader) {
      sink.fail(readServerError(bytes, start, end));
      this.#finish();
    } else this.#takePart(sink, bytes, start, end);
  }

  #takePart(sink: AnswerSink, bytes: Buffer, start: number, end: number): void {
    switch (this.#phase) {
      case 'header':
        this.#takeHeader(sink, bytes, start, end);
        break;
      case 'columns':
        this.#takeColumn(sink, bytes, start, end);
        break;
      case 'end-of-columns':
        if (bytes[start] !== header.end || end - start > longestOldEnd) throw outOfOrder();
        this.#phase = 'rows';
        break;
      case 'rows':
        if (end - start > (this.#endsWithOk ? longestEnd : longestOldEnd)) sink.row(bytes, start, end);
        else this.#complete(sink, this.#readEnd(bytes, start, end));
    }
  }

  #takeHeader(sink: AnswerSink, bytes: Buffer, start: number, end: number): void {
    const first = bytes[start];
    if (first === header.ok) {
      this.#complete(sink, readCompletion(bytes, start, end, this.#capabilities));
      return;
    }
    if (first === header.localInfile) {
      const { sequence } = this.#expected[0] ?? { sequence: 0 };
      if (sink.fileRequested !== undefined) {
        this.#expectSequence(null);
        sink.fileRequested(sequence + 1);
        return;
      }
      throw new WireFailure('protocol', 'The server asked for a file of this computer.');
    }
    const cursor = new PacketCursor(bytes, start, end);
    this.#columnCount = cursor.length();
    if (cursor.remaining > 0 || this.#columnCount > maxColumnCount) throw malformed();
    this.#columns = [];
    this.#columnBytes = 0;
    this.#phase = 'columns';
  }

  #takeColumn(sink: AnswerSink, bytes: Buffer, start: number, end: number): void {
    this.#columns.push(readColumn(bytes, start, end, this.#capabilities));
    this.#columnBytes += end - start;
    if (this.#columnBytes > maxColumnBytes) throw malformed();
    if (this.#columns.length < this.#columnCount) return;
    this.#phase = this.#endsWithOk ? 'rows' : 'end-of-columns';
    sink.describe(this.#columns, this.#columnBytes);
    this.#columns = [];
  }

  #readEnd(bytes: Buffer, start: number, end: number): Completion {
    if (!this.#endsWithOk) return readEnd(bytes, start, end);
    return { ...readCompletion(bytes, start, end, this.#capabilities), affectedRowCount: null };
  }

  #complete(sink: AnswerSink, completion: Completion): void {
    this.#status = completion.status;
    this.#phase = 'header';
    sink.complete(completion);
    if ((completion.status & sessionStatus.moreResults) === 0) this.#finish();
  }

  /** The command is answered. */
  #finish(): void {
    this.#expected.shift();
    this.#begin();
    if (this.#expected.length === 0) this.#onAnswered();
  }

  #begin(): void {
    this.#phase = 'header';
    this.#expectSequence(this.#expected[0]?.sequence ?? null);
  }
}

/** Servers say why they end a session. */
function unasked(bytes: Buffer, start: number, end: number): Error {
  if (bytes[start] === errorHeader) return readServerError(bytes, start, end);
  return new WireFailure('protocol', 'The server sent a response that belongs to no statement.');
}

function outOfOrder(): WireFailure {
  return new WireFailure('protocol', 'The server sent part of a response out of order.');
}
