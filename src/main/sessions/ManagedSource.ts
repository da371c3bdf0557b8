import type { DataSource } from '../../shared/model/dataSource.ts';
import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { untilAborted } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { Logger } from '../observability/Logger.ts';
import type { SourceReading } from '../observability/SourceReading.ts';
import { BesideConnections } from './BesideConnections.ts';
import { ConnectionOpener, type ConnectSession, type TargetChange } from './ConnectionOpener.ts';
import type { ConnectTargets } from './ConnectTargets.ts';
import { type CheckResult, type Health, HealthWatch } from './HealthWatch.ts';
import { ConnectionPool, type PoolOptions } from './pool/ConnectionPool.ts';
import type { Lease } from './pool/Lease.ts';
import { poolClosedError } from './pool/poolErrors.ts';
import { CircuitBreaker } from './resilience/CircuitBreaker.ts';
import { ConnectGate } from './resilience/ConnectGate.ts';
import type { ConnectLimit } from './resilience/ConnectLimit.ts';
import { ReconnectPace } from './resilience/ReconnectPace.ts';
import { SourceStanding } from './SourceStanding.ts';
import { allLostError, circuitOpenError, underlying } from './sourceErrors.ts';

export interface ManagedSourceOptions {
  readonly dataSource: DataSource;
  /** Where the data source is; may start a server or ask the vault first. */
  readonly targets: Pick<ConnectTargets, 'forDataSource'>;
  readonly connect: ConnectSession;
  /** Shared by all data sources. */
  readonly limit: ConnectLimit;
  /** How many statements the server has answered so far. */
  readonly answeredCount: () => number;
  /** See the pool. */
  readonly reservations?: PoolOptions['reservations'];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly onState: (state: SourceState) => void;
  readonly onHealth: (roundTripMs: number | null) => void;
  /** See the pool. */
  readonly onWaited: PoolOptions['onWaited'];
  /** All connections were lost, and it begins to reconnect. */
  readonly onReconnecting: () => void;
}

/**
 * One data source in use: its pool, its state, and the one timer that either checks its health or tries again.
 *
 * Failures that waiting can heal lead to `reconnecting` and, when they repeat, to `open-circuit`: for ever, with
 * backoff, and callers fail at once meanwhile. Those that somebody must mend (wrong password, unknown database) lead to
 * `failed`, without another log-in by anyone: repeated ones lock accounts. While any connection works the data source is
 * `ready` or `degraded` and lends it, whatever happens to the others.
 *
 * What always holds: in `reconnecting` and `open-circuit` the timer runs or an attempt is under way, and in `connecting`
 * an attempt; there is never a second attempt beside one; after `close` there is neither.
 */
export class ManagedSource {
  readonly #options: ManagedSourceOptions;
  #dataSource: DataSource;
  readonly #pool: ConnectionPool;
  readonly #gate = new ConnectGate();
  readonly #pace: ReconnectPace;
  readonly #breaker: CircuitBreaker;
  readonly #opener: ConnectionOpener;
  readonly #beside = new BesideConnections();
  readonly #standing: SourceStanding;
  readonly #health: HealthWatch;
  readonly #closing = new AbortController();
  readonly #watching: readonly Disposable[];
  #timer: Timer | null = null;
  #attempt: Promise<void> | null = null;
  /** Why it is not ready, and when (monotonic) it is tried again. */
  #trouble: { readonly error: unknown; readonly retryAtMs: number } | null = null;
  /** Counts the times when an attempt under way had to begin again. */
  #restartCount = 0;
  #hasLostAll = false;
  #decisions: ScalingDecision[] = [];

  constructor(options: ManagedSourceOptions) {
    const { clock, dataSource, random } = options;
    this.#options = options;
    this.#dataSource = dataSource;
    this.#pace = new ReconnectPace(clock, random);
    this.#breaker = new CircuitBreaker({ clock, openForMs: () => this.#pace.failed() });
    this.#opener = new ConnectionOpener({
      ...options,
      gate: this.#gate,
      breaker: this.#breaker,
      pace: this.#pace,
    });
    this.#pool = new ConnectionPool({
      settings: dataSource.pool,
      ...(options.reservations !== undefined && { reservations: options.reservations }),
      open: (signal) => this.#opener.open(signal),
      clock,
      logger: options.logger,
      random,
      onWaited: options.onWaited,
    });
    this.#standing = new SourceStanding({
      ...options,
      dataSourceId: dataSource.id,
      onState: (state) => this.#stateChanged(state),
    });
    this.#health = new HealthWatch({
      ...options,
      check: (timeoutMs) => this.#pool.checkIdle(this.#closing.signal, timeoutMs),
      stats: () => this.#pool.stats(),
      isBlocked: () => !this.#gate.isOpen,
      onHealth: (health, result) => this.#healthTold(health, result),
    });
    this.#watching = [
      this.#opener.onOpened.on(() => this.#opened()),
      this.#pool.onEmptied.on(() => this.#allLost()),
      this.#pool.onConnectFailed.on((error) => this.#backgroundConnectFailed(underlying(error))),
      this.#pool.onDecision.on((decision) => this.#decisions.push(decision)),
    ];
  }

  /** As it was when it was last created or edited. */
  get dataSource(): DataSource {
    return this.#dataSource;
  }

  get state(): SourceState {
    return this.#standing.state;
  }

  /** Connections work, all or some. */
  get isOpen(): boolean {
    return this.#standing.isOpen;
  }

  poolStats(): PoolStats {
    return this.#pool.stats();
  }

  reading(): SourceReading {
    return { status: this.state.status, breaker: this.#breaker.state, pool: this.poolStats() };
  }

  /** What the pool's scaler decided since this was asked last. */
  takeDecisions(): ScalingDecision[] {
    return this.#decisions.splice(0);
  }

  /**
   * Connects because a person (or what a person did) asks for it: also now when it waits for its next attempt, and again
   * after a failure that stopped all attempts, or the growth of an open pool. Joins an attempt under way.
   */
  connect(): Promise<void> {
    const wasStopped = !this.#gate.isOpen;
    this.#gate.open();
    if (this.#standing.isOpen) return wasStopped ? this.#startAttempt() : Promise.resolve();
    this.#pace.reset();
    return this.#connectNow();
  }

  /**
   * Lends a connection, connecting first if it is idle.
   * @throws at once with the reason: CIRCUIT_OPEN while it waits for its next attempt, what stopped it when it failed
   */
  acquire(signal: AbortSignal): Promise<Lease> {
    return this.#standing.isOpen ? this.#pool.acquire(signal) : this.#acquireLater(signal);
  }

  /**
   * Opens a connection beside the pool, which is closed with the data source. Never connects one that is not open.
   * @throws POOL_CLOSED, or as a connect of the pool
   */
  openBeside(change: TargetChange, signal: AbortSignal): Promise<Connection> {
    if (!this.#standing.isOpen) return Promise.reject(poolClosedError());
    return this.#beside.add((limited) => this.#opener.open(limited, change), signal);
  }

  /** What the server calls the sessions that are open. */
  backendIds(): number[] {
    return [...this.#pool.connections(), ...this.#beside.open].flatMap(({ backendId }) => backendId ?? []);
  }

  /** Takes over an edit that leaves its sessions as they are: limits at once, whatever runs. */
  edited(dataSource: DataSource): void {
    this.#dataSource = dataSource;
    this.#opener.edited(dataSource);
    this.#pool.configure(dataSource.pool);
  }

  /** The machine goes to sleep: what is idle must prove itself before it is lent again. */
  suspended(): void {
    if (this.#standing.isOpen) this.#pool.suspect();
  }

  /** The machine woke up or its network changed: what is idle is checked at once, and an attempt begins anew at once. */
  resumed(): void {
    if (this.#closing.signal.aborted) return;
    this.#pace.hurry();
    if (this.#standing.isOpen) {
      this.#pool.suspect();
      this.#health.wakeUp();
    } else if (this.#attempt !== null) {
      this.#restartCount += 1;
      this.#opener.abandon();
    } else if (this.#standing.isWaiting) this.#retry();
  }

  /** Stops everything; borrowers get until the deadline. A second call can only bring it nearer. Never rejects. */
  async close(deadlineMs: number): Promise<void> {
    this.#closing.abort();
    this.#timer?.cancel();
    this.#health.stop();
    for (const watch of this.#watching) watch.dispose();
    this.#standing.closing();
    await Promise.all([this.#beside.close(), this.#pool.close(deadlineMs)]);
  }

  async #acquireLater(signal: AbortSignal): Promise<Lease> {
    switch (this.#standing.state.status) {
      case 'idle':
      case 'connecting':
        await untilAborted(signal, this.#connectNow());
        return this.acquire(signal);
      case 'closing':
        throw poolClosedError();
      case 'failed':
        throw this.#trouble?.error;
      default: {
        const retryAtMs = this.#trouble?.retryAtMs ?? 0;
        throw circuitOpenError(
          this.#trouble?.error,
          Math.max(0, retryAtMs - this.#options.clock.monotonicMs()),
        );
      }
    }
  }

  // Attempts

  #connectNow(): Promise<void> {
    this.#standing.connecting();
    return this.#startAttempt();
  }

  /** An attempt that nobody waits for: its failure is in the state. */
  #retry(): void {
    this.#startAttempt().catch(() => undefined);
  }

  #retryAfter(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(delayMs, () => this.#retry());
  }

  #startAttempt(): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.reject(poolClosedError());
    this.#timer?.cancel();
    this.#attempt ??= this.#runAttempt();
    return this.#attempt;
  }

  async #runAttempt(): Promise<void> {
    this.#hasLostAll = false;
    try {
      await this.#openFirst();
    } catch (error) {
      this.#attempt = null;
      this.#connectFailed(underlying(error));
      throw error;
    }
    this.#attempt = null;
    this.#connected();
  }

  /** One that was opened for a caller while the next attempt is waited for: all is well again once the pool has it. */
  #opened(): void {
    if (this.#standing.isWaiting && this.#attempt === null) this.#retryAfter(0);
  }

  async #openFirst(): Promise<void> {
    for (;;) {
      const restartCount = this.#restartCount;
      this.#breaker.letProbe();
      try {
        return await this.#pool.warmUp();
      } catch (error) {
        if (restartCount === this.#restartCount || this.#closing.signal.aborted) throw error;
      }
    }
  }

  // Transitions

  #connected(): void {
    if (this.#closing.signal.aborted) return;
    this.#pace.connected();
    if (this.#hasLostAll && this.#pool.stats().total === 0) {
      this.#lost();
      return;
    }
    this.#trouble = null;
    this.#standing.ready();
  }

  /** Nothing is open and a connect failed. */
  #connectFailed(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    if (this.#pool.stats().total > 0) this.#standing.degraded(error);
    else if (!this.#opener.canHeal(error)) this.#fail(error);
    else this.#waitForRetry(error, this.#breaker.remainingMs() ?? this.#pace.failed());
  }

  /** A connect of the pool itself failed: to grow, or for a caller who waits. */
  #backgroundConnectFailed(error: unknown): void {
    this.#health.connectFailed();
    // An attempt under way tells by itself how it ends, and then the state is set anew.
    if (this.#attempt !== null) return;
    if (this.#standing.isOpen) this.#connectFailed(error);
    else if (!this.#standing.isWaiting) return;
    else if (!this.#opener.canHeal(error)) this.#fail(error);
    else if (this.#standing.state.status === 'reconnecting') this.#pauseIfCircuitOpened(error);
  }

  #pauseIfCircuitOpened(error: unknown): void {
    const remainingMs = this.#breaker.remainingMs();
    if (remainingMs !== null) this.#waitForRetry(error, remainingMs);
  }

  #allLost(): void {
    if (this.#attempt !== null) this.#hasLostAll = true;
    else if (this.#standing.isOpen) this.#lost();
  }

  #lost(): void {
    this.#options.onHealth(null);
    if (!this.#gate.isOpen) {
      this.#fail(this.#gate.reason);
      return;
    }
    this.#options.onReconnecting();
    const delayMs = this.#pace.lost();
    if (delayMs > 0) this.#waitForRetry(allLostError(), delayMs);
    else this.#connectNow().catch(() => undefined);
  }

  #waitForRetry(error: unknown, delayMs: number): void {
    this.#trouble = { error, retryAtMs: this.#options.clock.monotonicMs() + delayMs };
    this.#retryAfter(delayMs);
    const isCircuitClosed = this.#breaker.state === 'closed';
    this.#standing.waiting(error, delayMs, isCircuitClosed ? this.#pace.attempt : null);
  }

  #fail(error: unknown): void {
    this.#timer?.cancel();
    this.#trouble = { error, retryAtMs: Number.POSITIVE_INFINITY };
    this.#standing.failed(error);
  }

  /** Health is checked for as long as connections work. */
  #stateChanged(state: SourceState): void {
    this.#options.onState(state);
    if (this.#standing.isOpen !== this.#health.isRunning) {
      if (this.#standing.isOpen) this.#health.start();
      else this.#health.stop();
    }
  }

  #healthTold(health: Health, { roundTripMs, lost }: CheckResult): void {
    if (roundTripMs !== null || lost > 0) this.#options.onHealth(roundTripMs);
    if (health.is === 'unwell') this.#standing.degraded(health.reason);
    else if (health.is === 'well' && this.#standing.state.status === 'degraded') this.#standing.ready();
  }
}
