import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { type Clock, systemClock } from '../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { ErrorCode } from '../../../src/shared/errors/errorCodes.ts';
import type { DataSource, DataSourceFields } from '../../../src/shared/model/dataSource.ts';
import {
  defaultPoolSettings,
  defaultTimeoutSettings,
  type PoolSettings,
  type TimeoutSettings,
} from '../../../src/shared/model/poolSettings.ts';
import type { SourceState } from '../../../src/shared/model/sourceState.ts';
import { type DataSourceOverrides, edited, type FieldOverrides, someDataSource } from '../dataSources.ts';
import { someTarget } from '../someTarget.ts';
import type { FaultEngine } from './FaultEngine.ts';
import { LogKeeper } from './LogKeeper.ts';
import { postgresEngine } from './postgresEngine.ts';
import { until } from './until.ts';

/** Where the data source is: a server, or a `FaultProxy` before one. */
export interface SourceAddress {
  readonly host: string;
  readonly port: number;
}

export interface UnderTestOptions {
  /** Default: PostgreSQL. */
  readonly engine?: FaultEngine;
  /** Of the user in the engine's settings, or of the one in `fields`; asked anew for each connect. */
  readonly password: string | (() => string | null);
  readonly fields?: Omit<FieldOverrides, 'pool' | 'timeouts'>;
  /** Default: at least 2 and at most 4 connections. */
  readonly pool?: Partial<PoolSettings>;
  /** Default: 2 s to connect, so that a test sees it happen; 60 s for a statement. */
  readonly timeouts?: Partial<TimeoutSettings>;
  /** Default: the real one. */
  readonly clock?: Clock;
  /** Default: always 0.5, so that backoff is half its ceiling. */
  readonly random?: () => number;
  readonly factory?: ConnectionFactory;
}

/** A real ConnectionManager with one data source, and everything it said. Dispose of it in `afterEach`. */
export class ManagerUnderTest {
  /** What the server lists its sessions with: nobody else has this name. */
  readonly applicationName = `faults-${randomBytes(6).toString('hex')}`;
  readonly manager: ConnectionManager;
  readonly metrics: MetricsCollector;
  readonly log = new LogKeeper();
  /** All states since the beginning, in order. */
  readonly states: SourceState[] = [];
  #dataSource: DataSource;

  constructor({ host, port }: SourceAddress, options: UnderTestOptions) {
    const clock = options.clock ?? systemClock;
    this.#dataSource = someDataSource({
      ...{ engine: (options.engine ?? postgresEngine).settings, host, port },
      pool: { ...defaultPoolSettings, max: 4, ...options.pool },
      timeouts: { ...defaultTimeoutSettings, connectMs: 2_000, ...options.timeouts },
      ...options.fields,
    });
    this.metrics = new MetricsCollector(clock);
    const secret = async () => (typeof options.password === 'string' ? options.password : options.password());
    const targetOf = async ({ fields }: { fields: DataSourceFields }) =>
      someTarget(fields, { secret, applicationName: this.applicationName });
    this.manager = new ConnectionManager({
      factory: options.factory ?? new ConnectionFactory(clock),
      targets: { forDataSource: (fields) => targetOf({ fields }), forDraft: targetOf },
      repository: { find: (id) => (id === this.id ? this.#dataSource : null) },
      metrics: this.metrics,
      clock,
      logger: this.log,
      random: options.random ?? (() => 0.5),
    });
    this.manager.onState.on(({ state }) => this.states.push(state));
  }

  get id(): DataSource['id'] {
    return this.#dataSource.id;
  }

  get dataSource(): DataSource {
    return this.#dataSource;
  }

  get state(): SourceState {
    return this.manager.states()[this.id] ?? { status: 'idle' };
  }

  /** The states' names since the beginning, without repetitions next to each other. */
  get statuses(): SourceState['status'][] {
    const all = this.states.map(({ status }) => status);
    return all.filter((status, at) => status !== all[at - 1]);
  }

  /** Messages of warnings and errors. */
  get warnings(): string[] {
    return this.log.lines.flatMap(({ level, message }) =>
      level === 'warn' || level === 'error' ? [message] : [],
    );
  }

  connect(signal: AbortSignal = neverAborted): Promise<void> {
    return this.manager.connect(this.id, signal);
  }

  /** Runs one statement on a connection of the pool and gives its rows. */
  run(text: string, signal: AbortSignal = neverAborted): Promise<readonly (readonly (string | null)[])[]> {
    return this.manager.withConnection(this.id, signal, async (connection) => {
      const { rows } = await requireSql(connection).query({ text }, { signal });
      return rows;
    });
  }

  /** The state, once it has this status. */
  untilStatus<Status extends SourceState['status']>(
    status: Status,
    timeoutMs?: number,
  ): Promise<Extract<SourceState, { status: Status }>> {
    return until(() => {
      const { state } = this;
      expect(state.status).toBe(status);
      return state as Extract<SourceState, { status: Status }>;
    }, timeoutMs);
  }

  /** The state, once nothing is open for this reason; whether it waits for the next attempt or for a probe. */
  untilReason(code: ErrorCode): Promise<Extract<SourceState, { reason: unknown }>> {
    return until(() => {
      const { state } = this;
      const isOpen = state.status === 'degraded';
      if (isOpen || !('reason' in state) || state.reason.code !== code) {
        throw new Error(`Expected the reason ${code}, the state is ${JSON.stringify(state)}`);
      }
      return state;
    });
  }

  /** A change as a person saves it. */
  change(overrides: DataSourceOverrides): Promise<void> {
    this.#dataSource = edited(this.#dataSource, overrides);
    return this.manager.changed(this.#dataSource, false);
  }

  dispose(): Promise<void> {
    return this.manager.close(1_000);
  }
}
