import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import type { EncodedRows, Row } from '../../RowStream.ts';
import { noEncodedRows, WaitingRows } from '../../sql/WaitingRows.ts';
import { sessionStatus } from '../protocol/capabilities.ts';
import type { ServerError } from '../protocol/ServerError.ts';
import type { ColumnDefinition, Completion } from '../protocol/serverPackets.ts';
import { encodeRows } from '../values/encodeRows.ts';
import { RowDecoder } from '../values/RowDecoder.ts';
import type { AnswerSink } from './AnswerReader.ts';

/** One result of a statement, as far as it has arrived and was not taken yet. */
export interface PartialResult {
  readonly columns: readonly ColumnDefinition[];
  readonly decoder: RowDecoder;
  /** All of them, when they are gathered. */
  readonly rows: Row[];
  /** Those that were not taken yet, when they flow. */
  readonly waiting: WaitingRows;
  /** Null while it is not complete. */
  completion: Completion | null;
}

/** What an answer may want of its statement. */
export interface AnswerOwner {
  /** Its first result begins, or it has ended without one. */
  started(): void;
  /** It is too large. */
  tooLarge(): void;
  /** What arrived makes no sense: the session must be dropped. @returns that in words for people */
  broken(reason: unknown): unknown;
  /** Enough has arrived for now, or more is wanted. */
  hold(isHeld: boolean): void;
  /** Somebody waits for what comes next, or has it. */
  waiting(isWaiting: boolean): void;
  /** See `AnswerSink`. */
  readonly fileRequested: AnswerSink['fileRequested'];
}

/** `gather`: all of it is kept, up to the limit. `flow`: it arrives as fast as it is taken. */
export type AnswerMode = 'gather' | 'flow';

/** What takes little memory and keeps the server busy while somebody else works on rows. */
const flowing = { rowCount: 8_192, byteCount: 4 * 1024 * 1024, resultCount: 64 } as const;
/** A CALL has a handful. */
const maxGatheredResults = 10_000;

/** What V8 takes for a row and each of its values, rounded up; a value is a part of a text that is counted by its bytes. */
const rowBytes = 64;
const cellBytes = 40;
const columnBytes = 160;
/** A byte becomes one character of one byte, or of two; or two hexadecimal digits. */
const bytesPerByte = 2;
/** Most that is encoded at once, in milliseconds. */
const maxEncodedBytes = 512 * 1024;

const isFull = ({ waiting }: PartialResult): boolean =>
  waiting.rowCount >= flowing.rowCount || waiting.byteCount >= flowing.byteCount;

/** The answer to one statement while it arrives. Its memory is counted as long as nobody has taken it. */
export class Answer implements AnswerSink {
  readonly mode: AnswerMode;
  readonly #memory: AnswerMemory;
  readonly #owner: AnswerOwner;
  /** In the order of their arrival; those that were taken are gone. */
  readonly results: PartialResult[] = [];
  /** The result that arrives. */
  #current: PartialResult | null = null;
  #error: Error | null = null;
  #isDiscarded = false;
  #returnsRows = false;
  #isDone = false;
  #warningCount = 0;
  #isHolding = false;
  #heldBytes = 0;
  /** Of them, what the columns of all results take. */
  #columnBytes = 0;
  #rowCount = 0;
  /** How many results there were so far, taken ones too. */
  #resultCount = 0;
  #waiter: (() => void) | null = null;
  #settlement: { readonly error: unknown } | null = null;
  /** System variables that the statement changed, with their last values. */
  readonly changedVariables = new Map<string, string>();

  constructor(mode: AnswerMode, memory: AnswerMemory, owner: AnswerOwner) {
    this.mode = mode;
    this.#memory = memory;
    this.#owner = owner;
  }

  /** What the server refused it with, or why it is not there. */
  get error(): Error | null {
    return this.#error;
  }

  /** Null until nothing more comes; then why the statement failed, in words for people, or null. */
  get settlement(): { readonly error: unknown } | null {
    return this.#settlement;
  }

  get fileRequested(): AnswerSink['fileRequested'] {
    return this.#owner.fileRequested;
  }

  /** Whether what it was to bring is wanted no more. */
  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  get isStreaming(): boolean {
    return this.mode === 'flow';
  }

  /** How many warnings the server has for it. */
  get warningCount(): number {
    return this.#warningCount;
  }

  /** Whether the server has done a command that returns no rows, although nobody may want it any more. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether it brought rows, or could have. */
  get hasColumns(): boolean {
    return this.results.some(({ columns }) => columns.length > 0);
  }

  describe(columns: readonly ColumnDefinition[], byteCount: number): void {
    this.#returnsRows = true;
    this.#begin(columns, columns.length * columnBytes + byteCount * bytesPerByte);
  }

  row(bytes: Buffer, start: number, end: number): void {
    const result = this.#current;
    if (result === null) return;
    if (this.mode === 'flow') {
      if (this.#error !== null || this.#isDiscarded) return;
      result.waiting.add(bytes, start, end);
      if (!this.#isHolding && isFull(result)) this.#balance();
      this.#arrived();
      return;
    }
    const size = rowBytes + result.columns.length * cellBytes + (end - start) * bytesPerByte;
    if (!this.#keep(size)) return;
    result.rows.push(result.decoder.read(bytes, start, end));
    this.#rowCount += 1;
  }

  complete(completion: Completion): void {
    this.#warningCount += completion.warningCount;
    this.#isDone = completion.affectedRowCount !== null && !this.#returnsRows;
    for (const [name, value] of completion.changedVariables) this.changedVariables.set(name, value);
    if (this.#current === null) {
      // The last packet of a CALL has no result of its own.
      const isLast = (completion.status & sessionStatus.moreResults) === 0;
      if (this.#resultCount === 0 || !isLast) this.#begin([], columnBytes);
    }
    if (this.#current !== null) this.#current.completion = completion;
    this.#current = null;
    this.#arrived();
  }

  fail(error: ServerError): void {
    this.#failWith(error);
    this.#owner.started();
  }

  /** Nobody wants what comes from now on, nor what has come. */
  discard(): void {
    this.#isDiscarded = true;
    this.#drop();
    this.#balance();
    this.#arrived();
  }

  /** Hands out up to so many rows of a result; none when they make no sense, which ends the session. */
  take({ waiting, decoder }: PartialResult, maxRows: number): readonly Row[] {
    return this.#taken([], () =>
      waiting.take(maxRows, (bytes, start, end) => decoder.read(bytes, start, end)),
    );
  }

  /** The same as bytes. */
  takeEncoded({ waiting, decoder }: PartialResult): EncodedRows {
    return this.#taken(noEncodedRows, () => {
      const chunk = waiting.takeChunk(maxEncodedBytes);
      return chunk === null ? noEncodedRows : encodeRows(chunk, decoder.readings);
    });
  }

  /** Drops the rows that wait. */
  skip({ waiting }: PartialResult): void {
    waiting.drop();
    this.#balance();
  }

  #taken<Rows>(none: Rows, take: () => Rows): Rows {
    try {
      return take();
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      // The statement may have been answered before: its rows are read when they are taken.
      this.#settlement = { error: this.#owner.broken(error) };
      this.discard();
      return none;
    } finally {
      this.#balance();
    }
  }

  /** Resolves when there is more to take, or when it is settled. One caller at a time. */
  arrival(): Promise<void> {
    if (this.#settlement !== null) return Promise.resolve();
    this.#owner.waiting(true);
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** Nothing more comes. @param error why the statement failed, in words for people; null: it did not */
  settle(error: unknown): void {
    this.#settlement ??= { error };
    this.#release(this.#columnBytes);
    this.#columnBytes = 0;
    this.#arrived();
  }

  /** The first result makes place for the next one. */
  takeResult(): void {
    const [result] = this.results.splice(0, 1);
    if (result === undefined) return;
    this.#balance();
  }

  /** What it holds is no longer counted: its caller has it now, or nobody will. */
  release(): void {
    this.#release(this.#heldBytes);
  }

  #begin(columns: readonly ColumnDefinition[], size: number): void {
    if (!this.#keep(size)) return;
    this.#columnBytes += size;
    const decoder = new RowDecoder(columns);
    const waiting = new WaitingRows();
    this.#current = { columns, decoder, rows: [], waiting, completion: null };
    this.#resultCount += 1;
    this.results.push(this.#current);
    this.#owner.started();
  }

  #arrived(): void {
    if (this.#waiter === null) return;
    const waiter = this.#waiter;
    this.#waiter = null;
    this.#owner.waiting(false);
    waiter();
  }

  /** Lets no more arrive than is taken. */
  #balance(): void {
    if (this.mode === 'gather') return;
    const isHeld = this.results.length >= flowing.resultCount || this.results.some(isFull);
    if (isHeld === this.#isHolding) return;
    this.#isHolding = isHeld;
    this.#owner.hold(isHeld);
  }

  /** False once the answer is too large, or nobody wants it: it is dropped then. */
  #keep(size: number): boolean {
    if (this.#error !== null || this.#isDiscarded) return false;
    const excess = this.#excess(size);
    if (excess === null) {
      this.#heldBytes += size;
      this.#balance();
      return true;
    }
    this.#drop();
    this.#failWith(new WireFailure('too-large', excess));
    this.#owner.tooLarge();
    return false;
  }

  #failWith(error: Error): void {
    this.#error ??= error;
    this.#current = null;
    this.#arrived();
  }

  #drop(): void {
    this.results.length = 0;
    this.#current = null;
    this.#rowCount = 0;
    this.#columnBytes = 0;
    this.release();
  }

  /** What is too large when so many bytes are added, or null: then the process holds them. */
  #excess(size: number): string | null {
    const { rowsPerAnswer, bytesPerAnswer } = this.#memory.limits;
    if (this.#rowCount >= rowsPerAnswer)
      return `It has more than ${rowsPerAnswer.toLocaleString('en')} rows.`;
    if (this.results.length >= maxGatheredResults) {
      return `It has more than ${maxGatheredResults.toLocaleString('en')} results.`;
    }
    if (this.#heldBytes + size > bytesPerAnswer) {
      return `It takes up more than ${Math.round(bytesPerAnswer / 1024 / 1024)} MB.`;
    }
    if (this.#memory.hold(size)) return null;
    return 'Together with the results of other running statements, it takes up more than Mooring allows.';
  }

  #release(byteCount: number): void {
    this.#heldBytes -= byteCount;
    this.#memory.release(byteCount);
  }
}
