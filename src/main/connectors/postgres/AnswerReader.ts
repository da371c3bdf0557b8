import { readCells, readColumns, readComplaint, readRowCount } from './answerMessages.ts';
import { messageTypes } from './messageShapes.ts';
import type { PostgresStatement } from './PostgresStatement.ts';
import { WireFailure } from './WireFailure.ts';

/** Type byte and length. */
const headerLength = 5;

/** The status of ReadyForQuery when no transaction is open, not even a failed one. */
const noTransaction = 'I'.charCodeAt(0);

/**
 * Hands what the server says after it let us in to the statement that runs. It takes checked messages only, whole ones,
 * and reads them where they lie.
 */
export class AnswerReader {
  #statement: PostgresStatement | null = null;
  #isInTransaction = false;
  #onAnswered: () => void = () => undefined;

  /** Whether a transaction is open, also a failed one. */
  get isInTransaction(): boolean {
    return this.#isInTransaction;
  }

  /** @param listener called when the server is ready for the next statement */
  onAnswered(listener: () => void): void {
    this.#onAnswered = listener;
  }

  /** What comes from now on, up to the next readiness, answers this statement. */
  expect(statement: PostgresStatement): void {
    this.#statement = statement;
  }

  /**
   * @throws pg.DatabaseError with which the server ends the session, or WireFailure for an answer that nobody asked for;
   * the connection must be dropped then
   */
  read(messages: Buffer): void {
    let offset = 0;
    while (offset < messages.length) {
      const end = offset + 1 + messages.readUInt32BE(offset + 1);
      this.#take(messages[offset] ?? 0, messages, offset + headerLength, end);
      offset = end;
    }
  }

  #take(type: number, bytes: Buffer, start: number, end: number): void {
    switch (type) {
      case messageTypes.rowDescription:
        this.#asked().columns = readColumns(bytes, start);
        break;
      case messageTypes.dataRow:
        this.#asked().addRow(readCells(bytes, start), end - start);
        break;
      case messageTypes.commandComplete:
        this.#asked().complete(readRowCount(bytes, start, end));
        break;
      case messageTypes.copyInResponse:
        this.#asked().refuseCopy();
        break;
      case messageTypes.error:
        this.#complain(bytes, start, end);
        break;
      case messageTypes.readyForQuery:
        this.#ready(bytes[start] ?? 0);
        break;
      default:
      // Parameters, notices, notifications, and steps on the way that tell nothing.
    }
  }

  #complain(bytes: Buffer, start: number, end: number): void {
    const { error, endsSession } = readComplaint(bytes, start, end);
    if (endsSession || this.#statement === null) throw error;
    this.#statement.fail(error);
  }

  #ready(status: number): void {
    const statement = this.#asked();
    this.#isInTransaction = status !== noTransaction;
    if (!statement.endStep()) return;
    this.#statement = null;
    this.#onAnswered();
  }

  /** An answer too many would be taken for the answer to the next statement. */
  #asked(): PostgresStatement {
    if (this.#statement !== null) return this.#statement;
    throw new WireFailure('protocol', 'The server sent an answer to which there is no statement');
  }
}
