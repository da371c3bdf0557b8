import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { WriteTarget } from '../../../connectors/TableWriter.ts';
import type { SinkSummary } from '../../copy/ports.ts';
import type { SinkSession } from './SinkSession.ts';

/** What is known of the table when a run has changed it. */
export type WritingCounts = Pick<SinkSummary, 'rowsBefore' | 'rowsAfter' | 'deletedCount'>;

export const noCounts: WritingCounts = { rowsBefore: null, rowsAfter: null, deletedCount: 0 };

/** What a way of writing works with. */
export interface WritingTools {
  readonly session: SinkSession;
  readonly target: WriteTarget;
  /** Names of the target's key; of those ways that have one. */
  readonly key: readonly string[];
  /** A table beside the target that lasts as long as the run; for those ways that make one. */
  readonly staging: RelationRef;
}

/** A way in which rows come into a table. All but `createStaging` is done within a transaction. */
export interface TableWriting {
  /** What makes its staging table; null where it needs none. */
  readonly createStaging: string | null;
  /** Comes before the rows of a batch. */
  begin(): Promise<void>;
  /**
   * Writes rows of the batch, all or none. When it fails, what it did is undone, and it is called again with fewer rows.
   * @returns rows that came into being or changed, or wait for the end of the run
   */
  write(rows: EncodedRows): Promise<number>;
  /** Brings to an end what all batches together are. */
  finish(): Promise<WritingCounts>;
}
