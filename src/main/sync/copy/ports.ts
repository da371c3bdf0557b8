import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import type { PlannedColumn } from '../../../shared/model/pipelineViews.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ByteConverter, CellConverter, WritableTable } from '../../connectors/TableWriter.ts';
import type { Position } from './position.ts';

/** Rows of a source, in batches. */
export interface SourceReading {
  /** What the run's log says of it. */
  readonly warnings: readonly string[];
  /**
   * The next batch, whose rows are good until the next one is asked for; null at the end.
   * @throws what the source fails with
   */
  next(): Promise<SourceBatch | null>;
  /** Cancels what is on its way. Never rejects. */
  close(): Promise<void>;
}

export interface SourceBatch {
  readonly rows: EncodedRows;
  /** Where the reading stands behind the batch. */
  readonly place: ReadingPlace;
}

/** The part of a position that a reading knows. */
export type ReadingPlace = Pick<Position, 'cursor' | 'atCursor' | 'after'>;

/** A column that the pipeline makes of those of its source. */
export interface MappedColumn {
  /** As the pipeline calls it. */
  readonly name: string;
  readonly type: LogicalType;
  readonly isNullable: boolean;
  /** As the source declares it, where its values are copied untouched; else null. */
  readonly declared: string | null;
}

/** What a run does to its destination before the first row, and what it writes there. */
export interface DestinationPlan {
  /** In the order of the cells of a row. */
  readonly columns: readonly PlannedColumn[];
  /** As it is before `statements`; null where there is none, and of files. */
  readonly table: WritableTable | null;
  /** Bring the table into being, or into shape, in order. */
  readonly statements: readonly string[];
  /** Names of the key in the destination. */
  readonly key: readonly string[];
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly string[];
}

/** Keeps a pipeline from running. */
export interface PlanProblem {
  readonly code: 'PIPELINE_INVALID' | 'PIPELINE_DRIFTED' | 'TYPE_LOSS';
  readonly title: string;
  readonly fix: string;
}

/**
 * Rows of the source as rows of the destination. A cell of a table is the text that its server reads; one of a file is
 * canonical.
 */
export interface Transformation {
  /**
   * Gives others their turn in between.
   * @throws the reason of the signal that it was made with
   */
  apply(rows: EncodedRows): Promise<TransformedRows>;
  readonly losses: readonly ValueLoss[];
}

/** Rows of a source as a text file has them: some of its columns, each in its canonical form. */
export interface SourceCells {
  /** Of a row of the source. */
  readonly columnCount: number;
  /** In the order of the file. */
  readonly cells: readonly SourceCell[];
}

export interface SourceCell {
  /** Its position in the source. */
  readonly column: number;
  /** Makes the canonical text of the source's own; null: it is that already. */
  readonly converter: CanonicalConverter | null;
}

/** Both do the same, `bytes` for usual values only. */
export interface CanonicalConverter {
  readonly bytes: ByteConverter;
  readonly text: CellConverter;
}

/** Values that are not in the destination as they were, because it cannot hold them. */
export interface ValueLoss {
  readonly column: string;
  /** Such as `infinite dates`. */
  readonly reason: string;
  readonly count: number;
}

/** What became of the rows of a batch. */
export interface TransformedRows {
  /** Good until the next call; fewer where filters leave some out. */
  readonly rows: EncodedRows;
  /** Rows with a value that is not what the pipeline asks for, such as a text that is no number. */
  readonly rejected: readonly RejectedRow[];
}

/** A row that the destination refused, or that could not be made for it. */
export interface RejectedRow {
  readonly cells: readonly (string | null)[];
  readonly reason: string;
}

/** What became of a batch. */
export interface BatchOutcome {
  readonly writtenCount: number;
  readonly rejected: readonly RejectedRow[];
}

/** What is known at the end of a run. */
export interface SinkSummary {
  readonly rowsBefore: number | null;
  readonly rowsAfter: number | null;
  readonly deletedCount: number;
  readonly fileName: string | null;
  readonly addedColumns: readonly string[];
  /** What the sink itself could not write as it was: of files, whose cells come canonical. */
  readonly losses?: readonly ValueLoss[];
}

/**
 * Where the rows of a run go. Its methods are called one after the other. All reject with an AppError; one that is
 * `retryable` may succeed in the next attempt.
 */
export interface Sink {
  /**
   * Takes hold of the destination: from now on no other attempt can write to it.
   * @returns where earlier attempts, or earlier runs, have come; null at the very beginning
   */
  begin(): Promise<Position | null>;
  /**
   * Writes a batch and its position, both or neither.
   * @param position counts without this batch's writtenCount and rejectedCount, which the sink adds before it keeps it
   * @param onRefused is given the rows that are refused before the rest is kept; more than once when that is repeated, and
   *   then the last time counts
   */
  write(
    rows: EncodedRows,
    position: Position,
    onRefused: (rejected: readonly RejectedRow[]) => Promise<void>,
  ): Promise<BatchOutcome>;
  /** Makes the run's rows visible, where they are not yet, with its last position. */
  finish(position: Position): Promise<SinkSummary>;
  /** Lets go; what was written with a checkpoint stays. Never rejects. */
  close(): Promise<void>;
}
