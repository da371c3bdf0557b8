import type { EngineKind, EngineSettings } from '../../shared/engines/settings.ts';
import type { Clock } from '../base/Clock.ts';
import type { SqlConnection } from './Connection.ts';
import type { ConnectOptions, Connector, ConnectTarget } from './Connector.ts';
import { MysqlConnector } from './mysql/MysqlConnector.ts';
import { ProcessLimits } from './network/limits/ProcessLimits.ts';
import { systemLookup } from './network/sockets/resolveHost.ts';
import { PostgresConnector } from './postgres/PostgresConnector.ts';

type Connectors = { readonly [Kind in EngineKind]: Connector<Kind> };

/** The registry of the connectors. A new engine does not compile until it has one here. */
export class ConnectionFactory {
  readonly #connectors: Connectors;

  constructor(clock: Clock) {
    const limits = new ProcessLimits();
    this.#connectors = {
      postgres: new PostgresConnector(clock, systemLookup, limits),
      mysql: new MysqlConnector(clock, systemLookup, limits),
    };
  }

  connectorFor<Kind extends EngineKind>(kind: Kind): Connector<Kind> {
    return this.#connectors[kind];
  }

  /** Opens a session of the target's engine. @throws as the connector's `connect` */
  connect(target: ConnectTarget, options: ConnectOptions): Promise<SqlConnection> {
    return this.#connect(target.engine, target, options);
  }

  #connect<Kind extends EngineKind>(
    { kind, config }: EngineSettings<Kind>,
    target: ConnectTarget,
    options: ConnectOptions,
  ): Promise<SqlConnection> {
    return this.#connectors[kind].connect(config, target, options);
  }
}
