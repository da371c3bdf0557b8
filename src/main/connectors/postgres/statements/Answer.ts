import type { QueryResult } from '../../Connection.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { type AnswerMemory, sizeOfRow } from '../../network/limits/AnswerMemory.ts';
import type { Row } from '../../RowStream.ts';
import { type AnswerColumn, readCells, textBytesOf } from '../wire/answerMessages.ts';

/** How a statement ended. */
export interface Completion {
  /** The command tag without its numbers, such as `INSERT`; null when there was no command. */
  readonly command: string | null;
  /** Rows that it was about; null when the server gives no number. */
  readonly rowCount: number | null;
}

/** Takes what the server answers to one statement. */
export interface Answer {
  /** Whether rows are handed on as they come, so that those after an interruption are of no use. */
  readonly isStreamed: boolean;
  /**
   * @param byteCount what they take on the heap
   * @returns why it takes no more, or null
   */
  begin(columns: readonly AnswerColumn[], byteCount: number): WireFailure | null;
  /**
   * A row, checked.
   * @param start of its cells, which end before `end`
   * @returns why it takes no more, or null
   */
  add(bytes: Buffer, start: number, end: number): WireFailure | null;
  /** The server is ready for the next statement, and this one succeeded. */
  succeed(completion: Completion): void;
  fail(error: unknown): void;
}

/** Gathers a small answer, within the process's memory for answers. */
export class CollectedAnswer implements Answer {
  readonly isStreamed = false;
  readonly #memory: AnswerMemory;
  readonly #resolve: (result: QueryResult) => void;
  readonly #reject: (reason: unknown) => void;
  #columns: readonly AnswerColumn[] = [];
  #rows: Row[] = [];
  /** What columns and rows take, all of it held in the process's memory for answers. */
  #heldBytes = 0;

  constructor(
    memory: AnswerMemory,
    resolve: (result: QueryResult) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#memory = memory;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(columns: readonly AnswerColumn[], byteCount: number): WireFailure | null {
    const excess = this.#hold(byteCount);
    if (excess === null) this.#columns = columns;
    return excess;
  }

  add(bytes: Buffer, start: number, end: number): WireFailure | null {
    const row = readCells(bytes, start, this.#columns.length);
    const excess = this.#hold(sizeOfRow(row, textBytesOf(row, start, end)));
    if (excess === null) this.#rows.push(row);
    return excess;
  }

  succeed({ rowCount }: Completion): void {
    this.#release();
    this.#resolve({ fields: this.#columns, rows: this.#rows, rowCount });
  }

  fail(error: unknown): void {
    this.#drop();
    this.#reject(error);
  }

  #drop(): void {
    this.#columns = [];
    this.#rows = [];
    this.#release();
  }

  /** What it holds is no longer counted: its caller has the answer now, or nobody will. */
  #release(): void {
    this.#memory.release(this.#heldBytes);
    this.#heldBytes = 0;
  }

  #hold(byteCount: number): WireFailure | null {
    const excess = this.#excess(byteCount);
    if (excess === null) {
      this.#heldBytes += byteCount;
      return null;
    }
    this.#drop();
    return new WireFailure('too-large', excess);
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
}
