import type { EngineKind, EngineSettings } from '../../shared/engines/settings.ts';
import type { Stage } from '../../shared/model/testReport.ts';
import type { Clock } from '../base/Clock.ts';
import {
  type Instrumentation,
  noInstrumentation,
  type Operation,
  type OperationStart,
} from '../observability/Instrumentation.ts';
import type { Connection } from './Connection.ts';
import type { ConnectOptions, Connector, ConnectTarget } from './Connector.ts';
import { MysqlConnector } from './mysql/MysqlConnector.ts';
import { Dialer } from './network/Dialer.ts';
import { ProcessLimits } from './network/limits/ProcessLimits.ts';
import { systemLookup } from './network/sockets/resolveHost.ts';
import { PostgresConnector } from './postgres/PostgresConnector.ts';
import { RestConnector } from './rest/RestConnector.ts';

type Connectors = { readonly [Kind in EngineKind]: Connector<Kind> };

/** The registry of the connectors. A new engine does not compile until it has one here. */
export class ConnectionFactory {
  readonly #connectors: Connectors;
  readonly #instrumentation: Instrumentation;

  constructor(clock: Clock, instrumentation = noInstrumentation) {
    this.#instrumentation = instrumentation;
    const limits = new ProcessLimits();
    const dialer = new Dialer(clock);
    this.#connectors = {
      postgres: new PostgresConnector(clock, dialer, limits),
      mysql: new MysqlConnector(clock, dialer, limits),
      rest: new RestConnector(clock, systemLookup),
    };
  }

  connectorFor<Kind extends EngineKind>(kind: Kind): Connector<Kind> {
    return this.#connectors[kind];
  }

  /** Opens a session of the target's engine. @throws as the connector's `connect` */
  connect(target: ConnectTarget, options: ConnectOptions): Promise<Connection> {
    const { sourceId, onStage } = options;
    const start = { ...(sourceId !== undefined && { sourceId }) };
    const measure = measuredStages(this.#instrumentation, start);
    const tell = (stage: Stage): void => {
      measure(stage);
      onStage?.(stage);
    };
    return this.#instrumentation.run({ kind: 'connect', name: 'connect', ...start }, () =>
      this.#connect(target.engine, target, { ...options, onStage: tell }),
    );
  }

  #connect<Kind extends EngineKind>(
    { kind, config }: EngineSettings<Kind>,
    target: ConnectTarget,
    options: ConnectOptions,
  ): Promise<Connection> {
    return this.#connectors[kind].connect(config, target, options);
  }
}

/** Each stage of a connect as a part of it. */
function measuredStages(
  instrumentation: Instrumentation,
  start: Pick<OperationStart, 'sourceId'>,
): (stage: Stage) => void {
  let running: Operation | null = null;
  return ({ name, outcome }) => {
    if (outcome === 'running') running = instrumentation.begin({ kind: 'stage', name, ...start });
    else {
      if (outcome === 'ok') running?.succeeded();
      else running?.failed(null);
      // What follows of one of several hosts is a report of what is over already.
      running = null;
    }
  };
}
