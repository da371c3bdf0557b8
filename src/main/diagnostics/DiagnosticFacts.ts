import type { Preferences } from '../../shared/model/appInfo.ts';
import type { AuditStatus } from '../../shared/model/audit.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DemoStatus } from '../../shared/model/demoStatus.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { LogLine, LogSettings } from '../../shared/model/log.ts';
import type { MetricsSample } from '../../shared/model/metrics.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import type { VaultStatus } from '../../shared/model/vault.ts';
import type { SourceTotals } from '../observability/SourceMetrics.ts';

/** What the rest of main is asked for. What of an answer may leave is decided in this room, by its texts. */
export interface DiagnosticSources {
  readonly version: string;
  vault(): VaultStatus;
  audit(): AuditStatus;
  demo(): DemoStatus;
  preferences(): Preferences;
  logSettings(): LogSettings;
  dataSources(): readonly DataSource[];
  states(): Readonly<Record<DataSourceId, SourceState>>;
  metrics(id: DataSourceId): MeasuredFacts;
  /** The server's own version of one that is connected; null where it does not say. */
  serverVersion(id: DataSourceId, signal: AbortSignal): Promise<string | null>;
  /** The newest lines of the log, newest first. */
  newestLines(limit: number, signal: AbortSignal): Promise<readonly LogLine[]>;
}

/** What runs. */
export interface RuntimeFacts {
  readonly version: string;
  /** By name: electron, chrome, node, v8. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly system: string;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly uptimeSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** How late the event loop was just now, in milliseconds. */
  readonly loopDelayMs: number;
}

/** What was measured since Mooring was started. */
export interface MeasuredFacts {
  readonly totals: SourceTotals;
  /** The newest second; null before there is one. */
  readonly newest: MetricsSample | null;
}

/** A data source without anything that says whose it is. */
export interface SourceFacts {
  readonly dataSource: DataSource;
  readonly state: SourceState;
  readonly metrics: MeasuredFacts;
  readonly serverVersion: string | null;
}
