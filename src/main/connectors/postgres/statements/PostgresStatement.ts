import type { Notice } from '../../../../shared/model/query.ts';
import { AppError } from '../../../base/AppError.ts';
import type { WireFailure } from '../../network/failures/WireFailure.ts';
import { LineStatement, type StatementOrder } from '../../sql/StatementLine.ts';
import type { AnswerColumn } from '../wire/answerMessages.ts';
import type { Answer, Completion } from './Answer.ts';
import type { StatementFrame } from './statementFrame.ts';

export interface PostgresOrder extends StatementOrder {
  /** What is sent for it. */
  readonly messages: Buffer;
  /** Takes what the server answers. */
  readonly answer: Answer;
  /** Takes the notices of the statement; without it nobody hears them. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  /** The answer passed the limit. */
  tooLarge(statement: PostgresStatement): void;
  /** The server waits for a file. */
  refuseCopy(): void;
}

/** One statement from its call to its end; what it returns goes to the answer of its order. */
export class PostgresStatement extends LineStatement<PostgresOrder> {
  readonly #session: StatementSession;
  /** What is sent around it; null for nothing. Set before it is sent. */
  frame: StatementFrame | null = null;
  #completion: Completion = { command: null, rowCount: null };
  #skipsRows = false;
  #hasSkippedRows = false;
  #error: Error | null = null;
  /** Whose answers come: those up to the end of its own step, or those of the end of its frame. */
  #step: 'own' | 'frame' = 'own';
  /** Commands that the server has completed in this step. */
  #completedCount = 0;

  constructor(order: PostgresOrder, session: StatementSession) {
    super(order);
    this.#session = session;
  }

  /** What the server refused it with, or why its answer is not there. */
  get error(): Error | null {
    return this.#error;
  }

  refuse(reason: unknown): void {
    this.order.answer.fail(reason);
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

  notice(notice: Notice): void {
    if (!this.isFraming) this.order.onNotice?.(notice);
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
    this.#refuseExcess(this.order.answer.begin(columns, byteCount));
  }

  /** Whether the next row is wanted. Rows of an answer that has failed, or that nobody reads, are not even parsed. */
  wantsRow(): boolean {
    if (this.#error === null && !this.#skipsRows) return true;
    this.#hasSkippedRows = true;
    return false;
  }

  /** @param start of its cells, which end before `end` */
  addRow(bytes: Buffer, start: number, end: number): void {
    this.#refuseExcess(this.order.answer.add(bytes, start, end));
  }

  /** It was interrupted: whoever reads a stream does not want what still comes. */
  interrupted(): void {
    this.#skipsRows = this.order.answer.isStreamed;
  }

  /** Its answer is too large: all of it is dropped. */
  #refuseExcess(excess: WireFailure | null): void {
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
