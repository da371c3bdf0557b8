import { AppError } from '../../base/AppError.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { QueryResult, Statement } from '../Connector.ts';
import type { AnswerMemory } from '../network/AnswerMemory.ts';
import type { AnswerColumn } from './answerMessages.ts';
import type { StatementCancel } from './StatementCancel.ts';
import type { StatementFrame } from './statementFrame.ts';
import { WireFailure } from './WireFailure.ts';

/** What a statement needs to be run and to tell how it ended. */
export interface StatementOrder {
  /** Null: a ping. It has no effect that could be lost, so that a late one is not worth a cancel: the session is given up. */
  readonly statement: Statement | null;
  /** What is sent for it. */
  readonly messages: Buffer;
  readonly signal: AbortSignal;
  /** Our own limit; without one, the server's and a margin. */
  readonly timeoutMs: number | undefined;
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  /** The answer passed the limit. */
  tooLarge(statement: PostgresStatement): void;
  /** The server waits for a file. */
  refuseCopy(): void;
}

/** One statement from its call to its end; gathers the answer as the server's own text. */
export class PostgresStatement {
  readonly order: StatementOrder;
  readonly #session: StatementSession;
  readonly #memory: AnswerMemory;
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
  #columns: readonly AnswerColumn[] = [];
  #rows: (readonly (string | null)[])[] = [];
  #rowCount: number | null = null;
  /** What columns and rows take, all of it held in the process's memory for answers. */
  #heldBytes = 0;
  #error: Error | null = null;
  /** Whose answers come: those up to the end of its own step, or those of the end of its frame. */
  #step: 'own' | 'frame' = 'own';
  /** Commands that the server has completed in this step. */
  #completedCount = 0;

  constructor(order: StatementOrder, session: StatementSession, memory: AnswerMemory) {
    this.order = order;
    this.#session = session;
    this.#memory = memory;
  }

  /** What the server refused it with, or why its answer is not there. */
  get error(): Error | null {
    return this.#error;
  }

  get isPing(): boolean {
    return this.order.statement === null;
  }

  get result(): QueryResult {
    return { fields: this.#columns, rows: this.#rows, rowCount: this.#rowCount };
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
  complete(rowCount: number | null): void {
    if (this.#step === 'own' && this.#completedCount === (this.frame?.beforeCount ?? 0)) {
      this.#rowCount = rowCount;
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
    if (this.#hold(byteCount)) this.#columns = columns;
  }

  /** @param byteCount what it takes on the heap */
  addRow(cells: readonly (string | null)[], byteCount: number): void {
    if (this.#hold(byteCount)) this.#rows.push(cells);
  }

  /** What it holds is no longer counted: its caller has the answer now, or nobody will. */
  release(): void {
    this.#memory.release(this.#heldBytes);
    this.#heldBytes = 0;
  }

  /** False once the answer is too large: all of it is dropped then. */
  #hold(byteCount: number): boolean {
    if (this.#error !== null) return false;
    const excess = this.#excess(byteCount);
    if (excess === null) {
      this.#heldBytes += byteCount;
      return true;
    }
    this.#columns = [];
    this.#rows = [];
    this.release();
    this.fail(new WireFailure('too-large', excess));
    this.#session.tooLarge(this);
    return false;
  }

  /** What is too large when so many bytes are added, or null: then the process holds them. */
  #excess(byteCount: number): string | null {
    const { rowsPerAnswer, bytesPerAnswer } = this.#memory.limits;
    if (this.#rows.length >= rowsPerAnswer) {
      return `It has more than ${rowsPerAnswer.toLocaleString('en')} rows.`;
    }
    if (this.#heldBytes + byteCount > bytesPerAnswer) {
      return `It takes up more than ${Math.round(bytesPerAnswer / 1024 / 1024)} MB.`;
    }
    if (this.#memory.hold(byteCount)) return null;
    return 'Together with the results of other running statements, it takes up more than Mooring allows.';
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
