import type { Notice } from '../../../../shared/model/query.ts';
import type { WireFailure } from '../../network/failures/WireFailure.ts';
import { LineStatement, type StatementOrder } from '../../sql/StatementLine.ts';
import type { AnswerColumn } from '../wire/answerMessages.ts';
import type { Answer, Completion } from './Answer.ts';
import { type CopyEnds, CopyTraffic, type StatementSocket } from './CopyTraffic.ts';
import type { StatementFrame } from './statementFrame.ts';

export interface PostgresOrder extends StatementOrder, CopyEnds {
  /** What is sent for it. */
  readonly messages: Buffer;
  /** Takes what the server answers. */
  readonly answer: Answer;
  /** Takes the notices of the statement; without it nobody hears them. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
  /** The server's limit of time for it, in milliseconds; null: the session's. */
  readonly serverLimitMs?: number | null;
  /** What its session is called while it runs; null: what it is called anyway. */
  readonly applicationName?: string | null;
  /** Rows that its reader takes at most. */
  readonly maxRows?: number | null;
  /** It is no part of the extended protocol, and has a row for an answer. */
  readonly isSimple?: true;
}

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  readonly socket: StatementSocket;
  /** The answer passed the limit. */
  tooLarge(statement: PostgresStatement): void;
  /** Asks the server to cancel it: what it would bring is not wanted. */
  cancel(statement: PostgresStatement): void;
}

/** One statement from its call to its end; what it returns goes to the answer of its order. */
export class PostgresStatement extends LineStatement<PostgresOrder> {
  readonly #session: StatementSession;
  /** Null for nothing. */
  #frame: StatementFrame | null = null;
  #completion: Completion = { command: null, rowCount: null };
  readonly copy: CopyTraffic;
  #skipsRows = false;
  #hasSkippedRows = false;
  #error: Error | null = null;
  /** Whose answers come: those of a step before its own, of its own step, or of the end of its frame. */
  #step: 'lead' | 'own' | 'after' = 'own';
  /** Commands that the server has completed in this step. */
  #completedCount = 0;

  constructor(order: PostgresOrder, session: StatementSession) {
    super(order);
    this.#session = session;
    this.copy = new CopyTraffic(order, session.socket, this);
  }

  /** @param frame what is sent around it */
  setFrame(frame: StatementFrame | null): void {
    this.#frame = frame;
    if (frame !== null && frame.leadCount > 0) this.#step = 'lead';
  }

  get frame(): StatementFrame | null {
    return this.#frame;
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
    return this.#step !== 'own' || this.#completedCount !== (this.frame?.beforeCount ?? 0);
  }

  /** Whether another command of this step is still to be answered. */
  get hasNextCommand(): boolean {
    return this.#completedCount < this.#commandCount;
  }

  /** Whether the end of its frame was executed, or it has none. */
  get isFrameEnded(): boolean {
    const { frame } = this;
    if (frame === null || frame.afterCount === 0) return true;
    return this.#step === 'after' && this.#completedCount === frame.afterCount;
  }

  notice(notice: Notice): void {
    if (!this.isFraming) this.order.onNotice?.(notice);
  }

  /** The server completed a command. */
  complete(completion: Completion): void {
    if (!this.isFraming) {
      this.#completion = completion;
      this.copy.sendTail();
    }
    this.#completedCount += 1;
  }

  /** Whether its own command may end before its last row. */
  get hasRowLimit(): boolean {
    return !this.isFraming && (this.order.maxRows ?? null) !== null;
  }

  /**
   * The server is ready after a step.
   * @returns whether it was the last one of this statement
   */
  endStep(): boolean {
    const isLast = this.#step === 'after' || (this.#step === 'own' && !this.frame?.afterCount);
    if (isLast) return true;
    this.#step = this.#step === 'lead' ? 'own' : 'after';
    this.#completedCount = 0;
    return false;
  }

  /** Only the first failure counts: what comes after it follows from it. The end of the frame has `isFrameEnded`. */
  fail(error: Error): void {
    if (this.#step === 'own') this.#error ??= error;
  }

  /** The server refused it. */
  refusedWith(error: Error): void {
    this.fail(error);
    if (this.#step !== 'own') return;
    this.copy.stop();
    this.copy.sendTail();
  }

  /** Asks the server to cancel it, for a reason of ours. */
  requestCancel(): void {
    this.#session.cancel(this);
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
    this.copy.interrupted();
  }

  /** Its answer is too large: all of it is dropped. */
  #refuseExcess(excess: WireFailure | null): void {
    if (excess === null) return;
    this.fail(excess);
    this.#session.tooLarge(this);
  }

  /** Commands of this step. */
  get #commandCount(): number {
    const { frame } = this;
    if (this.#step === 'own') return (frame?.beforeCount ?? 0) + 1;
    return (this.#step === 'lead' ? frame?.leadCount : frame?.afterCount) ?? 0;
  }
}
