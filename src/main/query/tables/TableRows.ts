import type { TableProgress } from '../../../shared/model/tableRows.ts';
import type { ResultWriter } from '../../results/Results.ts';

/** The rows of one relation on their way into a result, as far as somebody wants to see them. */
export interface TableRows {
  readonly writer: ResultWriter;
  /**
   * Resolves when there are so many rows, or no more.
   * @throws what reading fails with; it can be tried again
   */
  readTo(rowCount: number, signal: AbortSignal): Promise<TableProgress>;
  /** Stops reading, down to the server. Never rejects. */
  close(): Promise<void>;
}

/** A query limit that no reading of rows reaches: whoever wants it to end cancels it. A day, as the longest limit of all. */
export const noLimitMs = 86_400_000;
