import { randomBytes } from 'node:crypto';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { type Clock, systemClock } from '../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { DataSource, DataSourceFields } from '../../../src/shared/model/dataSource.ts';
import type { DataSourceId } from '../../../src/shared/model/ids.ts';
import { defaultPoolSettings, type PoolSettings } from '../../../src/shared/model/poolSettings.ts';
import type { SourceState } from '../../../src/shared/model/sourceState.ts';
import { someDataSource } from '../dataSources.ts';
import { someTarget } from '../someTarget.ts';
import type { FaultEngine } from './FaultEngine.ts';
import { postgresEngine } from './postgresEngine.ts';

export interface FleetOptions {
  /** Default: PostgreSQL. */
  readonly engine?: FaultEngine;
  /** Where all of them are: a server, or a proxy before one. */
  readonly address: { readonly host: string; readonly port: number };
  /** Of the user in the engine's settings. */
  readonly password: string;
  readonly count: number;
  /** Default: one connection each. */
  readonly pool?: Partial<PoolSettings>;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly factory?: ConnectionFactory;
}

/** A real ConnectionManager with many data sources on one server. Without vitest, so that benches can use it. */
export class Fleet {
  readonly applicationName = `fleet-${randomBytes(6).toString('hex')}`;
  readonly manager: ConnectionManager;
  readonly metrics: MetricsCollector;
  readonly ids: readonly DataSourceId[];

  constructor({ address: { host, port }, password, count, ...options }: FleetOptions) {
    const clock = options.clock ?? systemClock;
    const pool = { ...defaultPoolSettings, min: 1, max: 1, ...options.pool };
    const address = { engine: (options.engine ?? postgresEngine).settings, host, port };
    const dataSources = new Map<DataSourceId, DataSource>();
    for (let at = 0; at < count; at += 1) {
      const dataSource = someDataSource({ ...address, pool, name: `Source ${at}` });
      dataSources.set(dataSource.id, dataSource);
    }
    this.ids = [...dataSources.keys()];
    const secret = async () => password;
    const targetOf = async ({ fields }: { fields: DataSourceFields }) =>
      someTarget(fields, { secret, applicationName: this.applicationName });
    this.metrics = new MetricsCollector(clock);
    this.manager = new ConnectionManager({
      factory: options.factory ?? new ConnectionFactory(clock),
      targets: { forDataSource: (fields) => targetOf({ fields }), forDraft: targetOf },
      repository: { find: (id) => dataSources.get(id) ?? null },
      metrics: this.metrics,
      clock,
      logger: silentLogger,
      random: options.random ?? Math.random,
    });
  }

  status(id: DataSourceId): SourceState['status'] {
    return this.manager.states()[id]?.status ?? 'idle';
  }

  /** How many are in this state. */
  countOf(status: SourceState['status']): number {
    return this.ids.filter((id) => this.status(id) === status).length;
  }

  /** Runs one statement on a connection of this data source and gives its rows. */
  run(id: DataSourceId, text: string): Promise<readonly (readonly (string | null)[])[]> {
    return this.manager.withConnection(id, neverAborted, async (connection) => {
      const { rows } = await requireSql(connection).query({ text }, { signal: neverAborted });
      return rows;
    });
  }

  dispose(): Promise<void> {
    return this.manager.close(1_000);
  }
}
