import type { ResultColumn } from '../../../../shared/model/results.ts';
import type { Pausable } from '../../network/limits/ReadingTurn.ts';
import type { EncodedRows, Row, StatementStream } from '../../RowStream.ts';
import { noEncodedRows, WaitingRows } from '../../sql/WaitingRows.ts';
import { type AnswerColumn, readCells } from '../wire/answerMessages.ts';
import type { Answer, Completion } from './Answer.ts';
import type { ColumnType } from './TypeNames.ts';

/** Rows that wait to be read take about this much; at half of it more are let in. */
const windowBytes = 1024 * 1024;

const changingCommands: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY']);

/** What a stream does to its session. */
export interface StreamSession {
  /** Stops and lets go on what the server sends; each any number of times. */
  readonly socket: Pausable;
  /** Asks the server to cancel the statement, if it still runs. */
  cancel(): void;
  typeOf(typeId: number): ColumnType;
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
  readonly #rows = new WaitingRows();
  #returnsRows = false;
  #command: string | null = null;
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

  get returnsRows(): boolean {
    return this.#returnsRows;
  }

  get command(): string | null {
    return this.#command;
  }

  get affectedCount(): number | null {
    return this.#affectedCount;
  }

  begin(columns: readonly AnswerColumn[]): null {
    this.#columns = columns.map(({ name, typeId }) => ({ name, ...this.#session.typeOf(typeId) }));
    this.#returnsRows = true;
    this.#opened(this);
    return null;
  }

  add(bytes: Buffer, start: number, end: number): null {
    if (this.#isClosed) return null;
    this.#rows.add(bytes, start, end);
    if (this.#rows.byteCount >= windowBytes) this.#session.socket.pause();
    this.#wake();
    return null;
  }

  succeed({ command, rowCount }: Completion): void {
    this.#state = 'succeeded';
    this.#command = command;
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
    await this.#arrival();
    const { length } = this.#columns;
    const rows = this.#rows.take(maxRows, (bytes, start) => readCells(bytes, start, length));
    this.#balance();
    return rows;
  }

  async nextEncoded(): Promise<EncodedRows> {
    if (this.#rows.rowCount === 0) await this.#arrival();
    const chunk = this.#rows.takeChunk(Number.MAX_SAFE_INTEGER);
    this.#balance();
    // A DataRow holds its cells exactly as `EncodedRows` has them.
    return chunk === null ? noEncodedRows : { bytes: chunk.bytes, starts: Uint32Array.from(chunk.starts) };
  }

  /** The extended protocol has one result a statement. */
  async nextResult(): Promise<boolean> {
    while ((await this.nextEncoded()).starts.length > 0);
    return false;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#rows.drop();
    if (this.#state !== 'running') return;
    this.#session.cancel();
    while (this.#isRunning()) await this.#change();
  }

  /** The server counts the rows that a SELECT returns as well; one that returns none is CREATE TABLE AS. */
  #changedRows(command: string | null): boolean {
    if (command === 'SELECT') return !this.#returnsRows;
    return command !== null && changingCommands.has(command);
  }

  #isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Waits until there is a row, or none will come. @throws what ended the statement */
  async #arrival(): Promise<void> {
    while (this.#rows.rowCount === 0) {
      if (this.#isClosed || this.#state === 'succeeded') return;
      if (this.#state === 'failed') throw this.#error;
      await this.#change();
    }
  }

  /** Lets the server go on once little waits. */
  #balance(): void {
    if (this.#rows.byteCount < windowBytes / 2) this.#session.socket.resume();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
