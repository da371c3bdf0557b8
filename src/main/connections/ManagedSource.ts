import type { DataSource } from '../../shared/model/dataSource.ts';
import type { PoolStats } from '../../shared/model/poolStats.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { isAppError, toErrorDto } from '../base/AppError.ts';
import { untilAborted } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { Connection } from '../connectors/Connector.ts';
import type { Logger } from '../observability/Logger.ts';
import { ConnectionPool } from '../pool/ConnectionPool.ts';
import type { Lease } from '../pool/Lease.ts';
import { backoffMs } from './backoff.ts';

/** Health is checked this often, give or take a tenth, so that many data sources do not check at once. */
const healthIntervalMs = 30_000;
const healthJitter = 0.1;

export interface ManagedSourceOptions {
  readonly dataSource: DataSource;
  /** Opens one connection within its own deadline. */
  readonly open: (signal: AbortSignal) => Promise<Connection>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly onState: (state: SourceState) => void;
  readonly onHealth: (roundTripMs: number | null) => void;
}

/**
 * One data source in use: its pool, its state and the timer that either checks its health or tries again.
 *
 * Failures that waiting can heal lead to `reconnecting`, for ever, with backoff; those that somebody must mend
 * (wrong password, unknown database) to `failed`, without another attempt: repeated ones lock accounts.
 */
export class ManagedSource {
  readonly dataSource: DataSource;
  readonly #options: ManagedSourceOptions;
  readonly #pool: ConnectionPool;
  readonly #closing = new AbortController();
  readonly #watchingPool: Disposable;
  #state: SourceState = { status: 'idle' };
  #timer: Timer | null = null;
  #attempt = 0;
  #connecting: Promise<void> | null = null;
  #lastError: unknown = null;

  constructor(options: ManagedSourceOptions) {
    this.#options = options;
    this.dataSource = options.dataSource;
    this.#pool = new ConnectionPool({ ...options, settings: options.dataSource.pool });
    this.#watchingPool = this.#pool.onEmptied.on(() => this.#lostAll());
  }

  get state(): SourceState {
    return this.#state;
  }

  poolStats(): PoolStats {
    return this.#pool.stats();
  }

  /** Connects, or joins the attempt under way. Also the "try now" of a source that waits for its next attempt. */
  connect(): Promise<void> {
    return this.#state.status === 'ready' ? Promise.resolve() : this.#joinConnecting();
  }

  /**
   * Lends a connection, connecting first if need be.
   * @throws at once with the reason while the source waits for its next attempt
   */
  async acquire(signal: AbortSignal): Promise<Lease> {
    const state = this.#state;
    if (state.status === 'idle' || state.status === 'failed') await untilAborted(signal, this.connect());
    else if (this.#connecting !== null) await untilAborted(signal, this.#connecting);
    else if (state.status === 'reconnecting') throw this.#lastError;
    try {
      return await this.#pool.acquire(signal);
    } catch (error) {
      if (isConnectError(error) && this.#state.status === 'ready') this.#connectFailed(error);
      throw error;
    }
  }

  /** Pings what is idle; a dead pool is noticed here at the latest. */
  async checkHealth(): Promise<void> {
    if (this.#state.status !== 'ready') return;
    this.#timer?.cancel();
    const roundTripMs = await this.#pool.checkIdle(this.#closing.signal);
    if (roundTripMs !== null || this.#pool.stats().total === 0) this.#options.onHealth(roundTripMs);
    if (this.#state.status === 'ready' && !this.#closing.signal.aborted) this.#scheduleHealthCheck();
  }

  /** Stops everything; borrowers get until the deadline. Never rejects. */
  async close(deadlineMs: number): Promise<void> {
    this.#timer?.cancel();
    this.#watchingPool.dispose();
    this.#closing.abort();
    await this.#pool.close(deadlineMs);
  }

  #joinConnecting(): Promise<void> {
    this.#connecting ??= this.#tryToConnect().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #tryToConnect(): Promise<void> {
    this.#timer?.cancel();
    const { clock } = this.#options;
    this.#setState({ status: 'connecting', since: clock.wallMs() });
    try {
      await this.#pool.warmUp();
    } catch (error) {
      this.#connectFailed(error);
      throw error;
    }
    this.#attempt = 0;
    this.#lastError = null;
    this.#setState({ status: 'ready', since: clock.wallMs() });
    // At once, so that people see a round trip from the start.
    void this.checkHealth();
  }

  #connectFailed(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#timer?.cancel();
    this.#lastError = error;
    const reason = toErrorDto(error, null);
    if (!isAppError(error) || !error.retryable) {
      this.#setState({ status: 'failed', since: this.#options.clock.wallMs(), reason });
      return;
    }
    this.#attempt += 1;
    const delayMs = backoffMs(this.#attempt, this.#options.random);
    const nextAt = this.#options.clock.wallMs() + delayMs;
    this.#setState({ status: 'reconnecting', attempt: this.#attempt, nextAt, reason });
    this.#timer = this.#options.clock.after(delayMs, () => this.#reconnect());
  }

  #reconnect(): void {
    // The failure is in the state already; here it has no caller to be told.
    this.#joinConnecting().catch((error: unknown) => {
      this.#options.logger.debug('reconnect failed', { attempt: this.#attempt, code: codeOf(error) });
    });
  }

  #lostAll(): void {
    if (this.#state.status !== 'ready') return;
    this.#options.logger.warn('all connections were lost', { dataSourceId: this.dataSource.id });
    this.#reconnect();
  }

  #scheduleHealthCheck(): void {
    const spread = 1 + healthJitter * (2 * this.#options.random() - 1);
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(healthIntervalMs * spread, () => void this.checkHealth());
  }

  #setState(state: SourceState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

const codeOf = (error: unknown): string => (isAppError(error) ? error.code : 'INTERNAL');

/** The pool hands out what a connect failed with only when nothing is open: then the source is not ready any more. */
const isConnectError = (error: unknown): boolean =>
  !['CANCELLED', 'POOL_TIMEOUT', 'POOL_BUSY', 'POOL_CLOSED'].includes(codeOf(error));
