import type { ResultColumn } from '../../shared/model/results.ts';

/** One row: the server's own text of each value, null for SQL NULL. No precision is lost on the way. */
export type Row = readonly (string | null)[];

/**
 * Rows as bytes, so that who only keeps or writes them need not decode them. A row is its cells, one after the other:
 * the length in bytes as a signed 32-bit big-endian integer (-1 for NULL) and the server's own text in UTF-8.
 */
export interface EncodedRows {
  readonly bytes: Buffer;
  /** Where each row begins. What lies between two rows means nothing. */
  readonly starts: Uint32Array;
}

/**
 * Rows on their way: columns, then batches, then an end or an error. They are pulled, so that a slow reader slows the
 * server instead of filling memory. The only way in which rows travel. A reader uses `next` or `nextEncoded`, not both.
 */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /**
   * The next rows, at most so many, in the server's order; fewer when they are large. Empty at the end.
   * @throws the error that ends the stream, or the reason of the signal that it was opened with
   */
  next(maxRows: number): Promise<readonly Row[]>;
  /**
   * As `next`, as bytes: what has come since, about a megabyte at most unless one row is larger; no rows at the end. The
   * bytes are the reader's until it asks for more.
   */
  nextEncoded(): Promise<EncodedRows>;
  /** Ends the stream; what was not read is cancelled on the server. Never rejects, and works any number of times. */
  close(): Promise<void>;
}

/** The rows of a statement of a person, which may have several results, one after the other. */
export interface StatementStream extends RowStream {
  /** Whether the current result has rows, even of no column; false for a command such as `INSERT`. */
  readonly returnsRows: boolean;
  /** The server's word for what its current result did, once it was read to the end, such as `INSERT` or `ROLLBACK`. */
  readonly command: string | null;
  /** Rows that the statement changed, once its current result was read to the end; null when the server says nothing. */
  readonly affectedCount: number | null;
  /** Skips to the next result, whose columns are then in `columns`. @returns false after the last one */
  nextResult(): Promise<boolean>;
}
