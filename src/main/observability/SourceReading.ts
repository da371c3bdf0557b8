import type { PoolStats } from '../../shared/model/poolStats.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';

/** What is true of a data source in use at the moment in which it is asked. */
export interface SourceReading {
  readonly status: SourceState['status'];
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly pool: PoolStats;
}
