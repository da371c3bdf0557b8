import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { AppError, isAppError } from '../base/AppError.ts';
import { onAbort } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Connection, Describer } from '../connectors/Connector.ts';
import type { Logger } from '../observability/Logger.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { Lease } from '../pool/Lease.ts';
import type { ConnectTargets } from './ConnectTargets.ts';
import { connectWithDeadline } from './connectWithDeadline.ts';
import type { DataSourceRepository } from './DataSourceRepository.ts';
import { ManagedSource } from './ManagedSource.ts';
import { MeteredConnection } from './MeteredConnection.ts';

/** A disconnected source's borrowers may finish for this long. */
const disconnectDeadlineMs = 2_000;
const sampleIntervalMs = 1_000;

export interface ConnectionManagerOptions {
  readonly factory: ConnectionFactory;
  readonly targets: ConnectTargets;
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly metrics: MetricsCollector;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** What work on a data source gets: a connection for as long as it runs, and its engine's describer. */
export type ConnectionWork<Value> = (connection: Connection, describer: Describer) => Promise<Value>;

/** All pools, their health and state. One instance; a data source has a pool from its first use until it is disconnected. */
export class ConnectionManager {
  readonly onState = new Emitter<{ id: DataSourceId; state: SourceState }>();
  readonly #options: ConnectionManagerOptions;
  readonly #sources = new Map<DataSourceId, ManagedSource>();
  readonly #closingSources = new Set<Promise<void>>();
  #sampling: Timer | null = null;
  #isClosed = false;

  constructor(options: ConnectionManagerOptions) {
    this.#options = options;
  }

  /** The states of those in use; every other data source is idle. */
  states(): Record<DataSourceId, SourceState> {
    return Object.fromEntries([...this.#sources].map(([id, source]) => [id, source.state]));
  }

  /**
   * Opens the pool. Aborting the signal while it connects gives up and leaves the data source idle.
   * @throws NOT_FOUND, or why it could not connect
   */
  async connect(id: DataSourceId, signal: AbortSignal): Promise<void> {
    const source = this.#sourceFor(id);
    const listening = onAbort(signal, () => void this.disconnect(id));
    try {
      await source.connect();
    } finally {
      listening.dispose();
    }
  }

  /** Closes the pool; work under way may finish for two seconds. Never rejects. */
  async disconnect(id: DataSourceId): Promise<void> {
    await this.#close(id, disconnectDeadlineMs);
  }

  /** Lends a connection for work that outlives one call, such as a stream. Release it exactly once. */
  acquire(id: DataSourceId, signal: AbortSignal): Promise<Lease> {
    return this.#sourceFor(id).acquire(signal);
  }

  /** Runs work with a connection of its own, connecting first if need be. */
  async withConnection<Value>(
    id: DataSourceId,
    signal: AbortSignal,
    work: ConnectionWork<Value>,
  ): Promise<Value> {
    const lease = await this.acquire(id, signal);
    try {
      return await work(lease.connection, this.describerFor(id));
    } finally {
      lease.release();
    }
  }

  describerFor(id: DataSourceId): Describer {
    return this.#options.factory.forKind(this.#find(id).kind).describer;
  }

  /** A saved change takes effect at once: a pool with the old settings is closed, and opened anew if it was in use. */
  async changed(dataSource: DataSource): Promise<void> {
    if (!this.#sources.has(dataSource.id)) return;
    await this.disconnect(dataSource.id);
    await this.#sourceFor(dataSource.id).connect();
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

  /** After the machine slept: every idle connection is suspect until it answered. */
  resumed(): void {
    for (const source of this.#sources.values()) {
      if (source.state.status === 'reconnecting') source.connect().catch(() => undefined);
      else void source.checkHealth();
    }
  }

  /** Closes all pools within the deadline. Never rejects; nothing can be acquired afterwards. */
  async close(deadlineMs: number): Promise<void> {
    this.#isClosed = true;
    this.#sampling?.cancel();
    await Promise.all([...this.#sources.keys()].map((id) => this.#close(id, deadlineMs)));
    await Promise.all(this.#closingSources);
  }

  async #close(id: DataSourceId, deadlineMs: number): Promise<void> {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    this.#sources.delete(id);
    this.onState.emit({ id, state: { status: 'closing' } });
    const closing = source.close(deadlineMs);
    this.#closingSources.add(closing);
    await closing;
    this.#closingSources.delete(closing);
    if (!this.#sources.has(id)) this.onState.emit({ id, state: { status: 'idle' } });
  }

  #find(id: DataSourceId): DataSource {
    const dataSource = this.#options.repository.find(id);
    if (dataSource === null) {
      throw new AppError('NOT_FOUND', { title: 'There is no such data source any more' });
    }
    return dataSource;
  }

  #sourceFor(id: DataSourceId): ManagedSource {
    if (this.#isClosed) throw new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = this.#createSource(this.#find(id));
    this.#sources.set(id, source);
    this.#startSampling();
    return source;
  }

  #createSource(dataSource: DataSource): ManagedSource {
    const { id } = dataSource;
    const source: ManagedSource = new ManagedSource({
      ...this.#options,
      dataSource,
      open: (signal) => this.#open(dataSource, signal),
      // One that was replaced meanwhile has nothing to say about the data source any more.
      onState: (state) => {
        if (this.#sources.get(id) !== source) return;
        this.onState.emit({ id, state });
        // People who look now see the pool as it is, not a second later.
        if (state.status === 'ready') this.#options.metrics.sample(id, source.poolStats());
      },
      onHealth: (roundTripMs) => this.#options.metrics.recordHealth(id, roundTripMs),
    });
    return source;
  }

  async #open(dataSource: DataSource, signal: AbortSignal): Promise<Connection> {
    const { clock, factory, metrics, targets } = this.#options;
    const { id } = dataSource;
    try {
      const target = await targets.forDataSource(dataSource, signal);
      const connection = await connectWithDeadline(factory.forKind(dataSource.kind), target, clock, {
        signal,
      });
      metrics.recordConnect(id, 'ok');
      return new MeteredConnection(connection, clock, (durationMs, outcome) =>
        metrics.recordQuery(id, durationMs, outcome),
      );
    } catch (error) {
      metrics.recordConnect(id, isAppError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  }

  #startSampling(): void {
    this.#sampling ??= this.#options.clock.after(sampleIntervalMs, () => {
      this.#sampling = null;
      if (this.#sources.size === 0) return;
      this.#startSampling();
      for (const [id, source] of this.#sources) this.#options.metrics.sample(id, source.poolStats());
    });
  }
}
