import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { PipelineFilter, PipelineSource, Reading } from '../../../shared/model/pipelines.ts';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { Connector } from '../../connectors/Connector.ts';
import type { Row, RowStream } from '../../connectors/RowStream.ts';
import type { SourceReading } from '../copy/ports.ts';
import type { Position } from '../copy/position.ts';
import type { Batching } from './BatchedReading.ts';
import type { ArrivalMode } from './cursors.ts';

/** Longest time that a source may take for a statement of a run: a week. */
export const readLimitMs = 7 * 86_400_000;

export interface SourceOptions {
  readonly connection: Connection;
  readonly connector: Connector;
  /** Of the source's engine. */
  readonly language: SqlLanguage;
  readonly source: PipelineSource;
  readonly reading: Reading;
  readonly filters: readonly PipelineFilter[];
  /** How the rows come into the destination; `append` for a file. */
  readonly mode: ArrivalMode;
  readonly signal: AbortSignal;
}

/** A source that was asked for its columns, and can be read. */
export interface OpenedSource {
  readonly columns: readonly SourceColumn[];
  /** The same as the source's results have them. */
  readonly resultColumns: readonly ResultColumn[];
  /** Names of the columns that tell rows apart; empty when none are known. */
  readonly key: readonly string[];
  /** Whether a reading can be continued behind any batch: its rows come in an order that says where each of them stands. */
  readonly isResumable: boolean;
  /** Filters that the source does not apply by itself. */
  readonly leftFilters: readonly ColumnFilter[];
  /** How many rows there are, where that is known soon; null where not. @throws what ends the connection */
  countRows(): Promise<number | null>;
  /** The same without reading them, so it may be another number. @throws what ends the connection */
  estimateRows(): Promise<number | null>;
  /** The first rows. Nothing else can be asked for afterwards. */
  sample(limit: number): Promise<readonly Row[]>;
  /**
   * Begins to read: behind the position if this run has written it, else with what is new since.
   * @throws PIPELINE_INVALID for a cursor with no look-back, or what the source refuses
   */
  start(position: Position | null, runId: string, batching: Batching): Promise<SourceReading>;
  /** Never rejects. */
  close(): Promise<void>;
}

/** The first rows of a stream, which ends with them. */
export async function sampleOf(stream: RowStream, limit: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  while (rows.length < limit) {
    const batch = await stream.next(limit - rows.length);
    if (batch.length === 0) break;
    rows.push(...batch);
  }
  await stream.close();
  return rows;
}
