import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';

export type StateChange = MetricsRange['states'][number];

/** An interval of a data source. Only `intervalBytes.ts` knows what its figures say. */
export interface KeptInterval {
  readonly id: DataSourceId;
  readonly stepMs: number;
  /** Epoch milliseconds, a multiple of `stepMs`. */
  readonly startAt: number;
  readonly figures: Uint8Array;
}

export interface KeptEvents {
  readonly id: DataSourceId;
  readonly states: readonly StateChange[];
  readonly decisions: readonly ScalingDecision[];
}

/** When intervals of a length must begin to be kept. */
export interface KeptSpan {
  readonly stepMs: number;
  readonly from: number;
  readonly to: number;
}

export interface MetricsBatch {
  /** They take the place of those of the same time. */
  readonly intervals: readonly KeptInterval[];
  /** They are added; of each data source the newest of each kind are kept. */
  readonly events: readonly KeptEvents[];
  /** Some of the intervals that are outside are forgotten. */
  readonly spans: readonly KeptSpan[];
}

/** Keeps what was measured over a restart; a port, implemented by the store. All of it goes with its data source. */
export interface MetricsRepository {
  /** When the newest interval of a length begins, of any data source; null when there is none. @throws STORE_… */
  newestStart(stepMs: number): number | null;
  /** Null when there is none. @throws STORE_… */
  find(id: DataSourceId, stepMs: number, startAt: number): Uint8Array | null;
  /**
   * Those that begin between two moments, oldest first. The moments are no further apart than intervals of this length
   * are kept.
   * @throws STORE_…
   */
  intervals(id: DataSourceId, stepMs: number, from: number, to: number): KeptInterval[];
  /** Those between two moments, oldest first, and the state in which they begin. @throws STORE_… */
  events(id: DataSourceId, from: number, to: number): KeptEvents;
  /** A data source that is gone keeps nothing. @throws STORE_…, DISK_FULL, with nothing written */
  write(batch: MetricsBatch): void;
}
