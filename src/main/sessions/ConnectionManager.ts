import { endpointOf } from '../../shared/engines/engines.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import { isSameEndpoint } from '../../shared/model/endpoint.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { AppError, isAppError } from '../base/AppError.ts';
import { onAbort, throwIfAborted, untilAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { type Disposable, Emitter } from '../base/Emitter.ts';
import type { StatementRecorder } from '../base/statementKinds.ts';
import type { ReadableRelation, RowPage } from '../connectors/Catalogue.ts';
import type { Connection, RunOptions } from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Connector } from '../connectors/Connector.ts';
import type { RowStream } from '../connectors/RowStream.ts';
import { requireDialect, requireSql, speaksSql } from '../connectors/speaksSql.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { SourceReading } from '../observability/SourceReading.ts';
import type { TargetChange } from './ConnectionOpener.ts';
import type { ConnectTargets } from './ConnectTargets.ts';
import { kindOfChange } from './kindOfChange.ts';
import { ManagedSource } from './ManagedSource.ts';
import { meteredConnect } from './MeteredConnection.ts';
import { MeteredRowStream } from './MeteredRowStream.ts';
import type { Lease } from './pool/Lease.ts';
import { poolClosedError } from './pool/poolErrors.ts';
import type { ReservationRequest } from './pool/Reservations.ts';
import { ConnectLimit } from './resilience/ConnectLimit.ts';
import { Sampling } from './Sampling.ts';
import { SourceReservations } from './SourceReservations.ts';
import { StatementMeter } from './StatementMeter.ts';
import { runTransaction } from './transactions/runTransaction.ts';
import type { TransactionOptions, TransactionWork } from './transactions/Transaction.ts';

/** A disconnected source's borrowers may finish for this long. */
const disconnectDeadlineMs = 2_000;

/** Work that runs while its session's settings are edited may finish for this long: as a statement may by default. */
const replacedDeadlineMs = 60_000;

/** Where data sources are looked up as they are saved now. */
export interface SavedDataSources {
  /** Null for one that is not there, or cannot be read. */
  find(id: DataSourceId): DataSource | null;
}

export interface ConnectionManagerOptions {
  readonly factory: ConnectionFactory;
  readonly targets: ConnectTargets;
  readonly repository: SavedDataSources;
  readonly metrics: MetricsCollector;
  readonly instrumentation?: Instrumentation;
  /** Who hears of the statements of a data source beside the metrics; without it, nobody. */
  readonly statementsOf?: (id: DataSourceId) => StatementRecorder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** What work on a data source gets: a connection for as long as it runs, and its engine's connector. */
export type ConnectionWork<Value> = (connection: Connection, connector: Connector) => Promise<Value>;

/** All pools, their health and state. One instance; a data source has a pool from its first use until it is disconnected. */
export class ConnectionManager {
  readonly onState = new Emitter<{ id: DataSourceId; state: SourceState }>();
  /** Secrets that were typed for a data source belong to it no longer: it has another endpoint or others are stored. */
  readonly onSecretsStale = new Emitter<DataSourceId>();
  readonly #options: ConnectionManagerOptions;
  readonly #limit: ConnectLimit;
  readonly #sources = new Map<DataSourceId, ManagedSource>();
  /** Disconnected and replaced ones, until their borrowers are done. */
  readonly #leaving = new Set<ManagedSource>();
  readonly #sampling: Sampling;
  readonly #reservations: SourceReservations;
  #isClosed = false;

  constructor(options: ConnectionManagerOptions) {
    this.#options = options;
    this.#limit = new ConnectLimit(options.clock);
    this.#sampling = new Sampling(options.clock, options.metrics, this.#sources);
    this.#reservations = new SourceReservations(options.clock);
  }

  /** The states of those in use; every other data source is idle. */
  states(): Record<DataSourceId, SourceState> {
    return Object.fromEntries([...this.#sources].map(([id, source]) => [id, source.state]));
  }

  /** What is true of each of those in use right now. */
  readings(): Map<DataSourceId, SourceReading> {
    return new Map([...this.#sources].map(([id, source]) => [id, source.reading()]));
  }

  /** Whether connections of it work, all or some. */
  isOpen(id: DataSourceId): boolean {
    return this.#sources.get(id)?.isOpen ?? false;
  }

  /**
   * Opens the pool because a person asks for it; one that waits for its next attempt is tried now. Aborting the signal
   * while it connects gives up and leaves the data source idle.
   * @throws NOT_FOUND, CANCELLED, or why it could not connect
   */
  async connect(id: DataSourceId, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const connecting = this.#sourceFor(id).connect();
    const listening = onAbort(signal, () => void this.disconnect(id));
    try {
      await untilAborted(signal, connecting);
    } finally {
      listening.dispose();
    }
  }

  /** Closes the pool; work under way may finish for two seconds. Never rejects. */
  async disconnect(id: DataSourceId): Promise<void> {
    await this.#close(id, disconnectDeadlineMs);
  }

  /** The data source was taken out of the list: it is closed, and what was measured is dropped. Never rejects. */
  async removed(id: DataSourceId): Promise<void> {
    await this.disconnect(id);
    this.#options.metrics.forget(id);
  }

  /**
   * Lends a connection for work that outlives one call, such as a stream. Release it exactly once.
   * @throws NOT_FOUND, SHUTTING_DOWN, CIRCUIT_OPEN, what stopped the data source, or what its pool says
   */
  acquire(id: DataSourceId, signal: AbortSignal): Promise<Lease> {
    const { instrumentation = noInstrumentation } = this.#options;
    const operation = instrumentation.begin({ kind: 'acquire', name: 'acquire', sourceId: id });
    return this.#acquire(id, signal).then(
      (lease) => {
        operation.succeeded();
        return lease;
      },
      (error: unknown) => {
        operation.failed(error);
        throw error;
      },
    );
  }

  #acquire(id: DataSourceId, signal: AbortSignal): Promise<Lease> {
    const source = this.#sources.get(id);
    if (source === undefined) return this.#acquireFirst(id, signal);
    return source.acquire(signal).catch((error: unknown) => {
      // Whoever waited in a pool that was replaced meanwhile waits in the new one.
      const successor = this.#sources.get(id);
      const isReplaced = successor !== undefined && successor !== source;
      if (isReplaced && isAppError(error) && error.code === 'POOL_CLOSED') return this.#acquire(id, signal);
      throw error;
    });
  }

  /** Runs work with a connection of its own, connecting first if need be. */
  async withConnection<Value>(
    id: DataSourceId,
    signal: AbortSignal,
    work: ConnectionWork<Value>,
  ): Promise<Value> {
    const lease = await this.acquire(id, signal);
    try {
      return await work(lease.connection, this.connectorFor(id));
    } finally {
      lease.release();
    }
  }

  /**
   * Opens a connection beside the pool of a data source that is open, for whoever must not wait in the pool's line. It
   * belongs to the caller, and is closed with the data source. It never connects one that is not.
   * @throws POOL_CLOSED, TOO_MANY_CONNECTIONS, or why else it could not be opened
   */
  openBeside(id: DataSourceId, change: TargetChange, signal: AbortSignal): Promise<Connection> {
    return this.#sources.get(id)?.openBeside(change, signal) ?? Promise.reject(poolClosedError());
  }

  /**
   * Reserves connections of a data source for whoever opens them in another process, within its maximum and whether it is
   * in use or not: see `Reservations`.
   * @throws NOT_FOUND, or the signal's reason when it aborts before
   */
  async reserve(id: DataSourceId, request: ReservationRequest): Promise<Disposable> {
    return this.#reservations.of(this.#find(id)).reserve(request);
  }

  /** The server's numbers of all sessions that are open to the server of a data source, also for other ones on it. */
  backendIds(id: DataSourceId): ReadonlySet<number> {
    const place = this.#placeOf(id);
    const onSame = [...this.#sources.keys()].filter((other) => this.#placeOf(other) === place);
    return new Set(onSame.flatMap((other) => this.#sources.get(other)?.backendIds() ?? []));
  }

  #placeOf(id: DataSourceId): string | null {
    const engine = this.#sources.get(id)?.dataSource.engine;
    return engine === undefined ? null : JSON.stringify(endpointOf(engine).place);
  }

  /**
   * Runs work as one transaction on a connection of its own: all of it is committed, or nothing. Never run again by
   * itself.
   * @throws TRANSACTION_LOST when the connection ends meanwhile (it says whether the commit may have happened), what
   *   `acquire` throws, or what the work fails with: then everything is undone
   */
  async transaction<Value>(
    id: DataSourceId,
    signal: AbortSignal,
    work: TransactionWork<Value>,
    options: TransactionOptions = {},
  ): Promise<Value> {
    const lease = await this.acquire(id, signal);
    try {
      const { transactions } = requireDialect(this.connectorFor(id));
      return await runTransaction(
        { connection: requireSql(lease.connection), words: transactions },
        signal,
        work,
        options,
      );
    } finally {
      lease.release();
    }
  }

  /**
   * Reads a part of a relation in an order, over a connection that was lent for it. All of it counts as one query.
   * @throws what the relation's query fails with
   */
  readPage(
    id: DataSourceId,
    connection: Connection,
    relation: ReadableRelation,
    page: RowPage,
    options: RunOptions,
  ): Promise<RowStream> {
    const open = () => relation.readPage(connection, page, options);
    // An engine without statements has measured its requests.
    return speaksSql(connection) ? MeteredRowStream.open(open, this.#meterOf(id)) : open();
  }

  /** @throws NOT_FOUND */
  connectorFor(id: DataSourceId): Connector {
    const { engine } = this.#sources.get(id)?.dataSource ?? this.#find(id);
    return this.#options.factory.connectorFor(engine.kind);
  }

  /**
   * A saved change takes effect at once, on one that is in use. Labels touch nothing, limits go to the living pool. For
   * other sessions the pool is replaced: what is idle is closed, and work under way keeps its connection until it gives
   * it back, for a minute at most.
   * @param hasNewSecret whether another secret was stored for it, or the stored one removed
   * @throws why it could not connect anew
   */
  async changed(dataSource: DataSource, hasNewSecret: boolean): Promise<void> {
    this.#reservations.of(dataSource);
    const source = this.#sources.get(dataSource.id);
    if (source === undefined) return;
    const change = hasNewSecret ? 'sessionChanged' : kindOfChange(source.dataSource, dataSource);
    if (change !== 'sessionChanged') source.edited(dataSource);
    else await this.#replace(source, dataSource, hasNewSecret);
  }

  /** The vault was opened: what failed for want of it is tried again. */
  vaultOpened(): void {
    for (const source of this.#sources.values()) {
      const { state } = source;
      const isForVault = 'reason' in state && state.reason.code.startsWith('VAULT_');
      // Its failure is in its state again.
      if (isForVault) source.connect().catch(() => undefined);
    }
  }

  /** Closes every pool, as when the app is locked. Never rejects. */
  async disconnectAll(): Promise<void> {
    await Promise.all([...this.#sources.keys()].map((id) => this.disconnect(id)));
  }

  /** The machine goes to sleep. */
  suspended(): void {
    for (const source of this.#sources.values()) source.suspended();
  }

  /** After the machine slept: every idle connection is suspect until it answered, and who waits tries at once. */
  resumed(): void {
    for (const source of this.#sources.values()) source.resumed();
  }

  /** The machine is on another network, or on one again: sockets may be dead without a word, as after a sleep. */
  networkChanged(): void {
    this.resumed();
  }

  /**
   * Closes all pools. Running work may finish until the deadline, then it is cancelled on the server. Never rejects;
   * nothing can be acquired from now on.
   */
  async close(deadlineMs: number): Promise<void> {
    this.#isClosed = true;
    this.#sampling.flush();
    await Promise.all([...this.#sources.keys()].map((id) => this.#close(id, deadlineMs)));
    await Promise.all([...this.#leaving].map((source) => this.#retire(source, deadlineMs)));
  }

  async #acquireFirst(id: DataSourceId, signal: AbortSignal): Promise<Lease> {
    return this.#sourceFor(id).acquire(signal);
  }

  async #close(id: DataSourceId, deadlineMs: number): Promise<void> {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    this.#sources.delete(id);
    this.#sampling.sourceGone();
    this.onState.emit({ id, state: { status: 'closing' } });
    const replaced = [...this.#leaving].filter(({ dataSource }) => dataSource.id === id);
    await Promise.all([source, ...replaced].map((one) => this.#retire(one, deadlineMs)));
    if (!this.#sources.has(id)) this.onState.emit({ id, state: { status: 'idle' } });
  }

  async #retire(source: ManagedSource, deadlineMs: number): Promise<void> {
    this.#leaving.add(source);
    await source.close(deadlineMs);
    this.#leaving.delete(source);
  }

  async #replace(source: ManagedSource, dataSource: DataSource, hasNewSecret: boolean): Promise<void> {
    const { id } = dataSource;
    const isMoved = !isSameEndpoint(source.dataSource, dataSource);
    if (isMoved || hasNewSecret) this.onSecretsStale.emit(id);
    const successor = this.#createSource(dataSource);
    this.#sources.set(id, successor);
    void this.#retire(source, replacedDeadlineMs);
    await successor.connect();
  }

  #find(id: DataSourceId): DataSource {
    const dataSource = this.#options.repository.find(id);
    if (dataSource === null) {
      throw new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
    }
    return dataSource;
  }

  #sourceFor(id: DataSourceId): ManagedSource {
    if (this.#isClosed) throw new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = this.#createSource(this.#find(id));
    this.#sources.set(id, source);
    return source;
  }

  #meterOf(sourceId: DataSourceId): StatementMeter {
    const { clock, instrumentation, metrics, statementsOf } = this.#options;
    const statistics = statementsOf?.(sourceId);
    const recorders = [metrics.track(sourceId), ...(statistics === undefined ? [] : [statistics])];
    return new StatementMeter({ sourceId, recorders, instrumentation, clock });
  }

  #createSource(dataSource: DataSource): ManagedSource {
    const { id } = dataSource;
    const { factory, metrics } = this.#options;
    const measured = metrics.track(id);
    const source: ManagedSource = new ManagedSource({
      ...this.#options,
      dataSource,
      reservations: this.#reservations.of(dataSource),
      connect: meteredConnect({ factory, meter: this.#meterOf(id), metrics: measured }),
      limit: this.#limit,
      answeredCount: () => measured.answeredCount,
      // One that was replaced meanwhile has nothing to say about the data source any more.
      onState: (state) => {
        if (this.#sources.get(id) !== source) return;
        this.onState.emit({ id, state });
        this.#sampling.stateChanged(id, source);
      },
      onHealth: (roundTripMs) => measured.health(roundTripMs),
      onWaited: (waitMs, isServed) => measured.waited(waitMs, isServed),
      onReconnecting: () => measured.reconnecting(),
    });
    return source;
  }
}
