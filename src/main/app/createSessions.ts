import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock } from '../base/Clock.ts';
import type { StatementRecorder } from '../base/statementKinds.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Instrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import { ConnectionManager, type SavedDataSources } from '../sessions/ConnectionManager.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import { ServerReader } from '../sessions/ServerReader.ts';

/** Running work may finish for this long; then it is cancelled on the server, which gets a second to obey. */
const finishWorkMs = 5_000;

export interface SessionsOptions {
  readonly targets: ConnectTargets;
  readonly repository: SavedDataSources;
  readonly instrumentation: Instrumentation;
  readonly metrics: MetricsCollector;
  /** Who hears of the statements of a data source beside the metrics. */
  readonly statementsOf: (id: DataSourceId) => StatementRecorder;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Everything that opens connections, and what is measured on them. */
export function createSessions(options: SessionsOptions) {
  const factory = new ConnectionFactory(options.clock, options.instrumentation);
  const manager = new ConnectionManager({ ...options, factory, random: Math.random });
  return {
    factory,
    metrics: options.metrics,
    manager,
    server: new ServerReader(manager),
    stop: { name: 'pools', limitMs: 6_000, run: () => manager.close(finishWorkMs) },
  };
}

export type Sessions = ReturnType<typeof createSessions>;
