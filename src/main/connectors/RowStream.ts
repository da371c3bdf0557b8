/** A column of a result, as the server names it and its type. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** One row: the server's own text of each value, null for SQL NULL. No precision is lost on the way. */
export type Row = readonly (string | null)[];

/**
 * Rows on their way: columns, then batches, then an end or an error. They are pulled, so that a slow reader slows the
 * server instead of filling memory. The only way in which rows travel.
 */
export interface RowStream {
  readonly columns: readonly ResultColumn[];
  /**
   * The next rows, at most so many, in the server's order; fewer when they are large. Empty at the end.
   * @throws the error that ends the stream, or the reason of the signal that it was opened with
   */
  next(maxRows: number): Promise<readonly Row[]>;
  /** Ends the stream; what was not read is cancelled on the server. Never rejects, and works any number of times. */
  close(): Promise<void>;
}

/** The rows of a statement of a person, which may have several results, one after the other. */
export interface StatementStream extends RowStream {
  /** Rows that the statement changed, once its current result was read to the end; null when the server says nothing. */
  readonly affectedCount: number | null;
  /** Skips to the next result, whose columns are then in `columns`. @returns false after the last one */
  nextResult(): Promise<boolean>;
}
