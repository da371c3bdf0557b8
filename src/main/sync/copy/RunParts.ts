import type { Clock } from '../../base/Clock.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { Connector } from '../../connectors/Connector.ts';
import type { BundledSource, RunBundle } from '../queue/runBundle.ts';
import type { BatchSize } from '../reading/BatchedReading.ts';
import type { DestinationPlan, RejectedRow, Sink, SourceCells } from './ports.ts';

/** A session of a data source, and what knows its engine. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly connector: Connector;
}

export interface RunConnect {
  readonly signal: AbortSignal;
  /** It is written to. */
  readonly loadsRows: boolean;
}

/** What a sink is opened for. */
export interface SinkRequest {
  readonly bundle: RunBundle;
  readonly plan: DestinationPlan;
  /** Null for a file. */
  readonly destination: OpenConnection | null;
  /** Present where rows come as the source has them, for a text file. */
  readonly sourceCells: SourceCells | null;
  /** Whether the reading can be continued behind any batch. */
  readonly isResumable: boolean;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Whether the run still belongs to this worker. */
  readonly isOwned: () => Promise<boolean>;
}

/** Where the rows go that were rejected: each of them once, however many attempts there are. */
export interface RejectedRows {
  /** Its file; null as long as there is none. */
  readonly fileName: string | null;
  /**
   * Goes on behind rows that an earlier attempt has put and kept.
   * @param count of them; what else is there does not count @throws DISK_FULL, FILE_FAILED
   */
  begin(count: number): Promise<void>;
  /** Puts rows behind those that are kept, in place of rows that are not. @throws DISK_FULL, FILE_FAILED */
  put(rows: readonly RejectedRow[]): Promise<void>;
  /** What was put counts from now on. */
  keep(): void;
  /** Never rejects. */
  close(): Promise<void>;
}

/** What a run is made of; `openParts.ts` has the real ones. */
export interface RunParts {
  readonly clock: Clock;
  /** Rows that are committed together. */
  readonly batch: BatchSize;
  /** A session of the run's own, which it closes. A run may have two to one data source. @throws as the connector */
  connect(source: BundledSource, options: RunConnect): Promise<OpenConnection>;
  openSink(request: SinkRequest): Sink;
  openRejects(file: { readonly folder: string; readonly name: string }): RejectedRows;
}
