import { AppError } from '../../base/AppError.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { QueryResult } from '../Connector.ts';
import type { AnswerMemory } from './AnswerMemory.ts';
import type { AnswerColumn } from './answerMessages.ts';
import type { StatementCancel } from './StatementCancel.ts';
import { WireFailure } from './WireFailure.ts';

/** What a statement needs to be run and to tell how it ended. */
export interface StatementOrder {
  /** What is sent for it. */
  readonly messages: Buffer;
  /** It has no effect that could be lost, so that a late one is not worth a cancel: the session is given up. */
  readonly isPing: boolean;
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
  rowCount: number | null = null;
  /** `answered`: the server was ready for the next one; `lost`: the session ended first. Null while it runs. */
  outcome: 'answered' | 'lost' | null = null;
  /** Set when it is interrupted. */
  cancel: StatementCancel | null = null;
  /** On its caller's signal, while it runs. */
  listening: Disposable | null = null;
  #columns: readonly AnswerColumn[] = [];
  #rows: (readonly (string | null)[])[] = [];
  /** What columns and rows take, all of it held in the process's memory for answers. */
  #heldBytes = 0;
  #error: Error | null = null;

  constructor(order: StatementOrder, session: StatementSession, memory: AnswerMemory) {
    this.order = order;
    this.#session = session;
    this.#memory = memory;
  }

  /** What the server refused it with, or why its answer is not there. */
  get error(): Error | null {
    return this.#error;
  }

  get result(): QueryResult {
    return { fields: this.#columns, rows: this.#rows, rowCount: this.rowCount };
  }

  /** Only the first failure counts: what comes after it follows from it. */
  fail(error: Error): void {
    this.#error ??= error;
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
      return `It takes more than ${Math.round(bytesPerAnswer / 1024 / 1024)} MB.`;
    }
    if (this.#memory.hold(byteCount)) return null;
    return 'Together with the answers to other statements of this moment it takes more than Mooring allows.';
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
