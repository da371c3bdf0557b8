import type { DataSourceKind } from '../../shared/model/dataSource.ts';
import type { Clock } from '../base/Clock.ts';
import type { Connector } from './Connector.ts';
import { PostgresConnector } from './postgres/PostgresConnector.ts';

/** Gives the connector of an engine kind. A new kind does not compile until it has one here. */
export class ConnectionFactory {
  readonly #connectors: Readonly<Record<DataSourceKind, Connector>>;

  constructor(clock: Clock) {
    this.#connectors = { postgres: new PostgresConnector(clock) };
  }

  forKind(kind: DataSourceKind): Connector {
    return this.#connectors[kind];
  }
}
