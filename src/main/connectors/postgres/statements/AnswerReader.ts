import type { Notice } from '../../../../shared/model/query.ts';
import { type Disposable, Emitter } from '../../../base/Emitter.ts';
import type { SessionMessage } from '../../Connection.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { sizeOfColumns } from '../../network/limits/AnswerMemory.ts';
import {
  cellCountBytes,
  readColumns,
  readComplaint,
  readCompletion,
  readNotice,
  readNotification,
} from '../wire/answerMessages.ts';
import type { MessageReader } from '../wire/MessageGate.ts';
import { messageTypes } from '../wire/messageShapes.ts';
import type { Completion } from './Answer.ts';
import type { PostgresStatement } from './PostgresStatement.ts';

/** The status of ReadyForQuery when no transaction is open, not even a failed one. */
const noTransaction = 'I'.charCodeAt(0);
const failedTransaction = 'E'.charCodeAt(0);

/** Before the first message that answers a statement. */
const atStart = 0;

const t = messageTypes;
/** What may follow which message of an answer. An error may follow any but an error, and only readiness follows it. */
const mayFollow: ReadonlyMap<number, readonly number[]> = new Map([
  // An empty query outside of the extended protocol is a ping.
  [atStart, [t.parseComplete, t.emptyQuery]],
  [t.parseComplete, [t.bindComplete]],
  [
    t.bindComplete,
    [t.rowDescription, t.noData, t.commandComplete, t.emptyQuery, t.copyInResponse, t.copyOutResponse],
  ],
  [t.noData, [t.commandComplete, t.emptyQuery, t.copyInResponse, t.copyOutResponse]],
  [t.rowDescription, [t.dataRow, t.commandComplete]],
  [t.dataRow, [t.dataRow, t.commandComplete]],
  [t.copyInResponse, [t.commandComplete]],
  [t.copyOutResponse, [t.copyData, t.copyDone]],
  [t.copyData, [t.copyData, t.copyDone]],
  [t.copyDone, [t.commandComplete]],
  [t.commandComplete, [t.readyForQuery]],
  [t.emptyQuery, [t.readyForQuery]],
  [t.error, [t.readyForQuery]],
]);

/** After a row of a statement that is given no more than so many. */
const atRowLimit = [t.dataRow, t.commandComplete, t.portalSuspended];

/** A simple query has nothing in front of its columns, and Pgpool-II 4.3 tells those twice. */
const simpleMayFollow: ReadonlyMap<number, readonly number[]> = new Map([
  [atStart, [t.rowDescription]],
  [t.rowDescription, [t.rowDescription, t.dataRow]],
  [t.dataRow, [t.dataRow, t.commandComplete]],
]);

/** How a statement ends whose reader takes no more rows. The server says nothing of it. */
const suspended: Completion = { command: null, rowCount: null };

/** The same for the commands around a statement, which answer nothing but that they are done. */
const framingMayFollow: ReadonlyMap<number, readonly number[]> = new Map([
  [atStart, [t.parseComplete]],
  [t.parseComplete, [t.bindComplete]],
  [t.bindComplete, [t.commandComplete]],
  [t.portalSuspended, [t.readyForQuery]],
  [t.commandComplete, [t.readyForQuery]],
  [t.error, [t.readyForQuery]],
]);

/**
 * Hands what the server says after it let us in to the statement that runs. Every message has its place; at any other
 * it ends the session, since it could be taken for the answer to the next statement. It takes checked messages only.
 */
export class AnswerReader implements MessageReader {
  #statement: PostgresStatement | null = null;
  #last = atStart;
  #transactionStatus = noTransaction;
  #hasEscapes = false;
  #onAnswered: () => void = () => undefined;
  readonly #messages = new Emitter<SessionMessage>();

  /** Whether a transaction is open, also a failed one. */
  get isInTransaction(): boolean {
    return this.#transactionStatus !== noTransaction;
  }

  get isTransactionFailed(): boolean {
    return this.#transactionStatus === failedTransaction;
  }

  /** Whether a backslash hides the next character in a string without a prefix, as the server has reported last. */
  get hasEscapes(): boolean {
    return this.#hasEscapes;
  }

  /** The server reports a setting. */
  parameter(name: string, value: string): void {
    if (name === 'standard_conforming_strings') this.#hasEscapes = value === 'off';
  }

  /** Whether the rows of the statement that runs are handed on as they come. */
  get isStreaming(): boolean {
    return this.#statement?.order.answer.isStreamed === true;
  }

  /** @param listener called when the server is ready for the next statement */
  onAnswered(listener: () => void): void {
    this.#onAnswered = listener;
  }

  /** What the server says to nobody's statement: notices, and notifications at any time. */
  onMessage(listener: (message: SessionMessage) => void): Disposable {
    return this.#messages.on(listener);
  }

  /** What comes from now on, up to the next readiness, answers this statement. */
  expect(statement: PostgresStatement): void {
    this.#statement = statement;
    this.#last = atStart;
  }

  /**
   * @throws pg.DatabaseError with which the server ends the session, or WireFailure for an answer that nobody asked for;
   * the connection must be dropped then
   */
  take(type: number, bytes: Buffer, start: number, end: number): void {
    switch (type) {
      case t.parameterStatus: {
        const [name = '', value = ''] = bytes.toString('utf8', start, end - 1).split('\0');
        this.parameter(name, value);
        return;
      }
      case t.notice:
        this.#notice(readNotice(bytes, start));
        return;
      case t.notification:
        this.#messages.emit({ type: 'notification', notification: readNotification(bytes, start) });
        return;
      case t.error:
        this.#complain(bytes, start, end);
        return;
    }
    const statement = this.#inOrder(type);
    switch (type) {
      case t.dataRow:
        if (statement.wantsRow()) statement.addRow(bytes, start + cellCountBytes, end);
        break;
      case t.rowDescription: {
        const columns = readColumns(bytes, start);
        statement.describe(columns, sizeOfColumns(columns.length, end - start));
        break;
      }
      case t.commandComplete:
        statement.complete(readCompletion(bytes, start, end));
        break;
      case t.copyInResponse:
        statement.copy.begin();
        break;
      case t.copyOutResponse:
        statement.copy.beginOut();
        break;
      case t.copyData:
        statement.copy.data(bytes.subarray(start, end));
        break;
      case t.portalSuspended:
        statement.complete(suspended);
        break;
      case t.readyForQuery:
        this.#ready(statement, bytes[start] ?? 0);
        break;
      default:
      // Steps on the way that say nothing.
    }
  }

  /** Nobody hears what Mooring's own statements cause. */
  #notice(notice: Notice): void {
    if (this.#statement === null) this.#messages.emit({ type: 'notice', notice });
    else this.#statement.notice(notice);
  }

  #inOrder(type: number): PostgresStatement {
    if (this.#statement === null) {
      throw new WireFailure('protocol', 'The server sent a response that belongs to no statement.');
    }
    const isRepeatedRow = type === t.dataRow && this.#last === type;
    if (!isRepeatedRow && !this.#allowed(this.#statement).includes(type)) {
      throw new WireFailure('protocol', 'The server sent part of a response out of order.');
    }
    this.#last = type;
    return this.#statement;
  }

  #allowed(statement: PostgresStatement): readonly number[] {
    const isCompleted = this.#last === t.commandComplete || this.#last === t.portalSuspended;
    if (isCompleted && statement.hasNextCommand) return [t.parseComplete];
    if (this.#last === t.dataRow && statement.hasRowLimit) return atRowLimit;
    const simple = statement.order.isSimple ? simpleMayFollow.get(this.#last) : undefined;
    return simple ?? (statement.isFraming ? framingMayFollow : mayFollow).get(this.#last) ?? [];
  }

  #complain(bytes: Buffer, start: number, end: number): void {
    const { error, endsSession } = readComplaint(bytes, start, end);
    if (endsSession || this.#statement === null) throw error;
    if (this.#last === t.error) {
      throw new WireFailure('protocol', 'The server rejected one statement twice.');
    }
    this.#last = t.error;
    this.#statement.refusedWith(error);
  }

  #ready(statement: PostgresStatement, status: number): void {
    this.#transactionStatus = status;
    if (!statement.endStep()) {
      this.#last = atStart;
      return;
    }
    this.#statement = null;
    this.#onAnswered();
  }
}
