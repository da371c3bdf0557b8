import { AppError } from '../../../base/AppError.ts';
import type { Disposable } from '../../../base/Emitter.ts';
import type { Statement } from '../../Connection.ts';
import type { WireFailure } from '../../network/failures/WireFailure.ts';
import type { StatementCancel } from '../../network/limits/StatementCancel.ts';
import type { Row } from '../../RowStream.ts';
import type { AnswerColumn } from '../wire/answerMessages.ts';
import type { Answer, Completion } from './Answer.ts';
import type { StatementFrame } from './statementFrame.ts';

/** What a statement needs to be run and to tell how it ended. */
export interface StatementOrder {
  /** Null: a ping. It has no effect that could be lost, so that a late one is not worth a cancel: the session is given up. */
  readonly statement: Statement | null;
  /** What is sent for it. */
  readonly messages: Buffer;
  readonly signal: AbortSignal;
  /** Our own limit; without one, the server's and a margin. */
  readonly timeoutMs: number | undefined;
  /** Takes what the server answers. */
  readonly answer: Answer;
}

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  /** The answer passed the limit. */
  tooLarge(statement: PostgresStatement): void;
  /** The server waits for a file. */
  refuseCopy(): void;
}

/** One statement from its call to its end; what it returns goes to the answer of its order. */
export class PostgresStatement {
  readonly order: StatementOrder;
  readonly #session: StatementSession;
  /** What is sent around it; null for nothing. Set before it is sent. */
  frame: StatementFrame | null = null;
  /** When it was sent, on the monotonic clock. */
  sentAtMs = 0;
  /** `answered`: the server was ready for the next one; `lost`: the session ended first. Null while it runs. */
  outcome: 'answered' | 'lost' | null = null;
  /** Set when it is interrupted. */
  cancel: StatementCancel | null = null;
  /** On its caller's signal, while it runs. */
  listening: Disposable | null = null;
  #completion: Completion = { command: null, rowCount: null };
  #skipsRows = false;
  #hasSkippedRows = false;
  #error: Error | null = null;
  /** Whose answers come: those up to the end of its own step, or those of the end of its frame. */
  #step: 'own' | 'frame' = 'own';
  /** Commands that the server has completed in this step. */
  #completedCount = 0;

  constructor(order: StatementOrder, session: StatementSession) {
    this.order = order;
    this.#session = session;
  }

  /** What the server refused it with, or why its answer is not there. */
  get error(): Error | null {
    return this.#error;
  }

  get isPing(): boolean {
    return this.order.statement === null;
  }

  /** How its own command ended. */
  get completion(): Completion {
    return this.#completion;
  }

  /** Whether rows that the server sent are missing in the answer. */
  get hasSkippedRows(): boolean {
    return this.#hasSkippedRows;
  }

  /** Whether the command whose answer comes belongs to its frame. */
  get isFraming(): boolean {
    return this.#step === 'frame' || this.#completedCount !== (this.frame?.beforeCount ?? 0);
  }

  /** Whether another command of this step is still to be answered. */
  get hasNextCommand(): boolean {
    const count = this.#step === 'own' ? (this.frame?.beforeCount ?? 0) + 1 : (this.frame?.afterCount ?? 0);
    return this.#completedCount < count;
  }

  /** Whether the end of its frame was executed, or it has none. */
  get isFrameEnded(): boolean {
    const { frame } = this;
    if (frame === null || frame.afterCount === 0) return true;
    return this.#step === 'frame' && this.#completedCount === frame.afterCount;
  }

  /** The server completed a command. */
  complete(completion: Completion): void {
    if (this.#step === 'own' && this.#completedCount === (this.frame?.beforeCount ?? 0)) {
      this.#completion = completion;
    }
    this.#completedCount += 1;
  }

  /**
   * The server is ready after a step.
   * @returns whether it was the last one of this statement
   */
  endStep(): boolean {
    if (this.#step === 'frame' || this.frame === null || this.frame.afterCount === 0) return true;
    this.#step = 'frame';
    this.#completedCount = 0;
    return false;
  }

  /** Only the first failure counts: what comes after it follows from it. The end of the frame has `isFrameEnded`. */
  fail(error: Error): void {
    if (this.#step === 'own') this.#error ??= error;
  }

  /** @param byteCount what they take on the heap */
  describe(columns: readonly AnswerColumn[], byteCount: number): void {
    this.#refuse(this.order.answer.begin(columns, byteCount));
  }

  /** Whether the next row is wanted. Rows of an answer that has failed, or that nobody reads, are not even parsed. */
  wantsRow(): boolean {
    if (this.#error === null && !this.#skipsRows) return true;
    this.#hasSkippedRows = true;
    return false;
  }

  /** @param byteCount what it takes on the heap */
  addRow(row: Row, byteCount: number): void {
    this.#refuse(this.order.answer.add(row, byteCount));
  }

  /** It was interrupted: whoever reads a stream does not want what still comes. */
  interrupted(): void {
    this.#skipsRows = this.order.answer.isStreamed;
  }

  /** Its answer is too large: all of it is dropped. */
  #refuse(excess: WireFailure | null): void {
    if (excess === null) return;
    this.fail(excess);
    this.#session.tooLarge(this);
  }

  /** COPY FROM STDIN: there is nothing to send. */
  refuseCopy(): void {
    this.fail(
      new AppError('QUERY_FAILED', {
        title: 'COPY from this computer is not supported',
        fixes: ['Load the file with psql or another tool.'],
      }),
    );
    this.#session.refuseCopy();
  }
}
