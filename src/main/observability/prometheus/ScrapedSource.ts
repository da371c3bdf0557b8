import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceMetrics } from '../SourceMetrics.ts';
import type { SourceReading } from '../SourceReading.ts';

/** A data source as the series show it. */
export interface ScrapedSource {
  readonly id: DataSourceId;
  readonly measured: SourceMetrics;
  /** Null for one that is not in use. */
  readonly reading: SourceReading | null;
}

/** The data sources that the series show now. Only their opaque id becomes a label. */
export type ScrapedSources = () => readonly ScrapedSource[];
