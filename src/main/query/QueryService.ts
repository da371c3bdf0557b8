import type { z } from 'zod';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { RunInput, RunMessage, saveStatementInputSchema } from '../../shared/model/query.ts';
import type { SavedFile } from '../../shared/model/results.ts';
import type {
  OpenedTable,
  openTableInputSchema,
  saveTableInputSchema,
  TableProgress,
} from '../../shared/model/tableRows.ts';
import type { ResultWork } from '../results/Results.ts';

/** What would be lost if a tab ended now. */
export interface UnfinishedTab {
  readonly sourceId: DataSourceId;
  readonly hasTransaction: boolean;
  readonly isRunning: boolean;
}

/** Statements of people, each in the session of its tab. */
export interface QueryService {
  /** What happens, as it happens, in batches for one message each. Ends when the run has ended, well or not. */
  run(input: RunInput, signal: AbortSignal): AsyncGenerator<RunMessage[], void, void>;
  /** Resolves when nothing runs in the tab any more. */
  cancel(tabId: string): Promise<void>;
  commit(tabId: string, signal: AbortSignal): Promise<void>;
  rollback(tabId: string, signal: AbortSignal): Promise<void>;
  /** Ends the session of a tab with what it holds. @throws INVALID_INPUT while something runs or a transaction is open */
  endSession(tabId: string): void;
  close(tabId: string): Promise<void>;
  /** Reports the sessions of all tabs (`query.session`), for a window that was loaded again. */
  announce(): void;
  /** The tabs in which something runs, or a transaction is open. */
  unfinished(): readonly UnfinishedTab[];
  saveStatement(input: z.infer<typeof saveStatementInputSchema>, work: ResultWork): Promise<SavedFile>;
}

/** The rows of relations, in the order and with the filters that a person wants. */
export interface TableService {
  /** @param onProgress told while all rows are read, because their server cannot sort or filter them */
  open(
    input: z.infer<typeof openTableInputSchema>,
    signal: AbortSignal,
    onProgress?: ResultWork['onProgress'],
  ): Promise<OpenedTable>;
  more(resultId: string, rowCount: number, signal: AbortSignal): Promise<TableProgress>;
  save(input: z.infer<typeof saveTableInputSchema>, work: ResultWork): Promise<SavedFile>;
  /** The tab is closed: reading stops, and its rows are dropped. */
  close(tabId: string): Promise<void>;
}
