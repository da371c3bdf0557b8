import type { ResultColumn, Row, StatementStream } from '../../RowStream.ts';
import type { AnswerColumn } from '../wire/answerMessages.ts';
import type { Answer, Completion } from './Answer.ts';

/** Rows that wait to be read take about this much of the heap; at half of it more are let in. */
const windowBytes = 1024 * 1024;

const changingCommands: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** What a stream does to its session. */
export interface StreamSession {
  /** Stops and lets go on what the server sends; each any number of times. */
  pause(): void;
  resume(): void;
  /** Asks the server to cancel the statement, if it still runs. */
  cancel(): void;
  nameOfType(typeId: number): string;
}

/**
 * The rows of one statement as they come. When a window of them waits to be read, the socket is left unread, so that the
 * server waits as well.
 */
export class StreamedAnswer implements Answer, StatementStream {
  readonly isStreamed = true;
  readonly #session: StreamSession;
  readonly #opened: (stream: StatementStream) => void;
  readonly #refused: (reason: unknown) => void;
  #columns: readonly ResultColumn[] = [];
  #rows: Row[] = [];
  /** The first row that was not read yet. */
  #position = 0;
  #waitingBytes = 0;
  #affectedCount: number | null = null;
  #state: 'running' | 'succeeded' | 'failed' = 'running';
  #error: unknown = null;
  #isClosed = false;
  /** Whoever waits for rows or for the end. */
  #waiting: (() => void)[] = [];

  /** @param opened called once the columns are known, unless `refused` is called before */
  constructor(
    session: StreamSession,
    opened: (stream: StatementStream) => void,
    refused: (reason: unknown) => void,
  ) {
    this.#session = session;
    this.#opened = opened;
    this.#refused = refused;
  }

  get columns(): readonly ResultColumn[] {
    return this.#columns;
  }

  get affectedCount(): number | null {
    return this.#affectedCount;
  }

  begin(columns: readonly AnswerColumn[]): null {
    this.#columns = columns.map(({ name, typeId }) => ({ name, type: this.#session.nameOfType(typeId) }));
    this.#opened(this);
    return null;
  }

  add(row: Row, byteCount: number): null {
    if (this.#isClosed) return null;
    this.#rows.push(row);
    this.#waitingBytes += byteCount;
    if (this.#waitingBytes >= windowBytes) this.#session.pause();
    this.#wake();
    return null;
  }

  succeed({ command, rowCount }: Completion): void {
    this.#state = 'succeeded';
    this.#affectedCount = this.#changedRows(command) ? rowCount : null;
    this.#opened(this);
    this.#wake();
  }

  fail(error: unknown): void {
    this.#state = 'failed';
    this.#error = error;
    this.#refused(error);
    this.#wake();
  }

  async next(maxRows: number): Promise<readonly Row[]> {
    if (maxRows < 1) return [];
    while (this.#position >= this.#rows.length) {
      if (this.#isClosed || this.#state === 'succeeded') return [];
      if (this.#state === 'failed') throw this.#error;
      await this.#change();
    }
    return this.#take(maxRows);
  }

  /** The extended protocol has one result a statement. */
  async nextResult(): Promise<boolean> {
    while ((await this.next(Number.MAX_SAFE_INTEGER)).length > 0);
    return false;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#drop();
    if (this.#state !== 'running') return;
    this.#session.cancel();
    while (this.#isRunning()) await this.#change();
  }

  /** The server counts the rows that a SELECT returns as well; one without columns is CREATE TABLE AS. */
  #changedRows(command: string | null): boolean {
    if (command === 'SELECT') return this.#columns.length === 0;
    return command !== null && changingCommands.has(command);
  }

  #isRunning(): boolean {
    return this.#state === 'running';
  }

  #take(maxRows: number): readonly Row[] {
    const waitingCount = this.#rows.length - this.#position;
    const batch = this.#rows.slice(this.#position, this.#position + maxRows);
    this.#position += batch.length;
    // Rows of one window are about the same size.
    this.#waitingBytes *= 1 - batch.length / waitingCount;
    if (this.#position === this.#rows.length) this.#drop();
    if (this.#waitingBytes < windowBytes / 2) this.#session.resume();
    return batch;
  }

  #drop(): void {
    this.#rows = [];
    this.#position = 0;
    this.#waitingBytes = 0;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
