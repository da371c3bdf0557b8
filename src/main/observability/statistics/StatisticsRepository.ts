import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { StatementRun } from '../../../shared/model/statementStatistics.ts';
import type { BucketCount, DurationRange } from '../PercentileHistogram.ts';
import type { HourFigures } from './HourlyTrend.ts';

/** All runs of a statement, in numbers. */
export interface KeptCounts {
  calls: number;
  /** Those that were not cancelled, whose time counts. */
  timedCalls: number;
  totalMs: number;
  rows: number;
  errors: number;
  cancels: number;
  slow: number;
  firstAt: number;
  lastAt: number;
}

/** What is kept of a statement beside its normal form. No value of any statement is among it. */
export interface KeptFigures {
  readonly counts: Readonly<KeptCounts>;
  readonly buckets: readonly BucketCount[];
  readonly range: DurationRange;
  readonly hours: readonly HourFigures[];
  readonly slowest: readonly StatementRun[];
  readonly codes: readonly (readonly [code: string, count: number])[];
}

export interface KeptStatement {
  readonly fingerprint: string;
  readonly normalForm: string;
  readonly figures: KeptFigures;
}

/** Keeps the statistics of statements over a restart; a port, implemented by the store. They go with their data source. */
export interface StatisticsRepository {
  /** @throws STORE_… */
  load(id: DataSourceId): KeptStatement[];
  /** Writes some, and forgets others. A data source that is gone keeps nothing. @throws STORE_…, DISK_FULL */
  write(id: DataSourceId, statements: readonly KeptStatement[], forgotten: readonly string[]): void;
  /** @throws STORE_… */
  clear(id: DataSourceId): void;
  /** Of all data sources. @throws STORE_… */
  clearAll(): void;
}
