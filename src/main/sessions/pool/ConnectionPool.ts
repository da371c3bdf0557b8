import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { PoolStats, ScalingDecision } from '../../../shared/model/poolStats.ts';
import { abortReason, neverAborted, unboundedController } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import { type CheckOutcome, Checks, type IdleCheck, summariseChecks } from './Checks.ts';
import { Departures } from './Departures.ts';
import { DrainWait } from './DrainWait.ts';
import { Growth } from './Growth.ts';
import { HouseKeeper } from './HouseKeeper.ts';
import { IdleStack } from './IdleStack.ts';
import type { Lease } from './Lease.ts';
import { type Borrower, Loans } from './Loans.ts';
import { PoolEntry } from './PoolEntry.ts';
import { poolBusyError, poolClosedError, poolTimeoutError } from './poolErrors.ts';
import { lifetimeMs, maxWaiters, type PoolOptions, validationTimeoutMs } from './poolOptions.ts';
import { isRefusal, Sizing } from './Sizing.ts';
import { WaiterQueue } from './WaiterQueue.ts';

/**
 * The connections of one data source, lent one borrower at a time.
 *
 * It grows at once while callers wait (never more connects in flight than waiters, or than what is missing to the
 * target), serves waiters first come first served, lends the connection used last (so that the others can go idle and be
 * closed), pings one that was idle before lending it, and closes broken ones. It does not reconnect by itself when it is
 * empty: ConnectionManager decides when to try again.
 *
 * What always holds: whoever cannot be served at once is in the queue, also while a connection is pinged for them; a
 * connection is idle, being checked or lent; on the server are never more than those, the ones on their way in and the
 * ones on their way out, together at most the maximum.
 */
export class ConnectionPool {
  /** Tells that the last open connection was lost, with nothing left to lend. */
  readonly onEmptied = new Emitter<void>();
  /** Tells why a connect failed; not of those that were given up because the pool closes. */
  readonly onConnectFailed = new Emitter<unknown>();
  /** Tells each move of the scaler's target and of the server's ceiling. */
  readonly onDecision: Emitter<ScalingDecision>;
  readonly #options: PoolOptions;
  readonly #clock: Clock;
  readonly #entries = new Set<PoolEntry>();
  readonly #idle = new IdleStack();
  readonly #waiters: WaiterQueue;
  readonly #growth: Growth;
  readonly #departures: Departures;
  readonly #sizing: Sizing;
  readonly #houseKeeper: HouseKeeper;
  readonly #loans: Loans;
  readonly #checks: Checks;
  /** Each connect on its way listens, and there may be many. */
  readonly #closing = unboundedController();
  readonly #drain: DrainWait;
  #settings: PoolSettings;
  #drained: Promise<{ cut: number }> | null = null;
  #isClosing = false;

  constructor(options: PoolOptions) {
    const { clock, logger, settings } = options;
    this.#options = options;
    this.#settings = settings;
    this.#clock = clock;
    this.#sizing = new Sizing(settings, clock, options.random);
    this.onDecision = this.#sizing.log.onDecision;
    this.#waiters = new WaiterQueue({
      clock,
      timeoutMs: settings.acquireTimeoutMs,
      timeoutError: () => this.#timedOut(),
    });
    this.#departures = new Departures(clock, () => this.#fill());
    this.#growth = new Growth({
      ...{ logger, sizing: this.#sizing, departures: this.#departures },
      open: () => options.open(this.#closing.signal),
      openCount: () => this.#entries.size,
      neededCount: () => this.#waiters.size - this.#checks.hopefulCount,
      isPaused: () => this.#isClosing,
      onOpened: (connection) => this.#adopt(connection),
      onFailed: (error) => this.#connectFailed(error),
    });
    this.#houseKeeper = new HouseKeeper(clock, () => this.#tidy());
    this.#checks = new Checks(clock, () => this.#fill());
    this.#loans = new Loans({
      ...{ settings, clock, logger },
      entries: this.#entries,
      giveBack: (entry, lease) => this.#takeBack(entry, lease),
      onChange: (nowMs) => this.#noteLoad(nowMs),
      reclaim: (entry) => this.#cut(entry),
    });
    this.#drain = new DrainWait(clock);
  }

  stats(): PoolStats {
    const { min, max } = this.#settings;
    return {
      total: this.#entries.size,
      inUse: this.#loans.count,
      idle: this.#entries.size - this.#loans.count,
      connecting: this.#growth.connectingCount,
      waiting: this.#waiters.size,
      min,
      max,
      target: this.#sizing.target,
      ceiling: this.#sizing.ceiling,
      leaked: this.#loans.leakedCount,
    };
  }

  /** The last decisions about the size of the pool, oldest first. */
  decisions(): readonly ScalingDecision[] {
    return this.#sizing.log.list();
  }

  /**
   * Lends a connection. When one is free this is all synchronous, and sets no timer and no listener.
   * @throws POOL_TIMEOUT, POOL_BUSY, POOL_CLOSED, CANCELLED, or the connect error when nothing is open and a connect failed
   */
  acquire(signal: AbortSignal): Promise<Lease> {
    if (signal.aborted) return Promise.reject(abortReason(signal));
    if (this.#isClosing) return Promise.reject(poolClosedError());
    const nowMs = this.#clock.monotonicMs();
    this.#sizing.load.arrived(nowMs);
    const entry = this.#takeFit(nowMs);
    if (entry === null && this.#waiters.size >= maxWaiters)
      return Promise.reject(poolBusyError(this.stats()));
    const borrower = this.#loans.borrower(nowMs, this.acquire);
    if (entry !== null) return Promise.resolve(this.#loans.begin(entry, nowMs, borrower));
    return this.#wait(signal, nowMs, borrower);
  }

  /**
   * Opens the first connection, then the rest of the minimum in the background.
   * @throws what the first connect failed with; POOL_CLOSED
   */
  async warmUp(): Promise<void> {
    if (this.#isClosing) throw poolClosedError();
    await this.#growth.openFirst();
    this.#fill();
  }

  /**
   * Pings every idle connection and closes those that do not answer. Does not count as use: the pool can still shrink.
   * Never rejects.
   * @param signal gives the check up: what has not answered by then is not lost for that
   * @param timeoutMs how long each has for its answer
   */
  async checkIdle(signal: AbortSignal, timeoutMs = validationTimeoutMs): Promise<IdleCheck> {
    const entries = this.#idle.takeAll();
    return summariseChecks(await Promise.all(entries.map((entry) => this.#check(entry, signal, timeoutMs))));
  }

  /** Every connection must answer a ping before it is lent the next time, however lately it proved itself. */
  suspect(): void {
    for (const entry of this.#entries) entry.isSuspect = true;
  }

  /**
   * Other settings, at once: limits of time also for those who wait or hold a connection, a higher maximum also for those
   * who wait. Above a lower one, idle connections are closed now and lent ones when they come back.
   */
  configure(settings: PoolSettings): void {
    if (this.#isClosing) return;
    this.#settings = settings;
    this.#sizing.configure(settings);
    this.#loans.configure(settings);
    this.#waiters.configure(settings.acquireTimeoutMs);
    for (const entry of this.#idle.list())
      if (this.#sizing.isTooMany(this.#entries.size)) this.#dismiss(entry);
    this.#offer(this.#clock.monotonicMs());
  }

  /** As `drain`. Never rejects. */
  async close(deadlineMs: number): Promise<void> {
    await this.drain(deadlineMs);
  }

  /**
   * Stops lending for good, waits for borrowers up to the deadline, then cancels what they still run and drops their
   * connections. A second call can only bring the deadline nearer. Never rejects.
   * @returns how many borrowers were cut off
   */
  drain(deadlineMs: number): Promise<{ cut: number }> {
    this.#drained ??= this.#shutDown();
    this.#drain.within(deadlineMs);
    return this.#drained;
  }

  // Lending

  /** The connection used last, when it can be lent as it is and nobody came before. */
  #takeFit(nowMs: number): PoolEntry | null {
    if (this.#waiters.size > 0) return null;
    const entry = this.#idle.peek();
    if (!entry?.isFit(nowMs)) return null;
    this.#idle.pop();
    return entry;
  }

  #takeBack(entry: PoolEntry, lease: Lease): void {
    // Lost or cut off meanwhile: the pool has forgotten it.
    if (entry.lease !== lease) return;
    const nowMs = this.#clock.monotonicMs();
    this.#endLoan(entry, nowMs);
    const { connection } = entry;
    if (this.#isClosing) this.#dismiss(entry);
    else if (!connection.isUsable) this.#lose(entry);
    else if (connection.isBusy || connection.isInTransaction || nowMs >= entry.retiresAtMs) {
      this.#dismiss(entry);
      this.#fill();
    } else {
      entry.idleSinceMs = nowMs;
      if (entry.isSuspect) void this.#check(entry, neverAborted, validationTimeoutMs);
      else {
        entry.provenAtMs = nowMs;
        this.#makeAvailable(entry, nowMs);
      }
    }
  }

  #endLoan(entry: PoolEntry, nowMs: number): void {
    this.#loans.end(entry, nowMs);
    if (this.#isClosing && this.#loans.count === 0) this.#drain.end();
  }

  /** For a connection that is fit to be lent. */
  #makeAvailable(entry: PoolEntry, nowMs: number): void {
    if (this.#sizing.isTooMany(this.#entries.size)) {
      this.#dismiss(entry);
      return;
    }
    const waiter = this.#waiters.shift();
    if (waiter === null) {
      this.#idle.put(entry);
      return;
    }
    waiter.resolve(this.#loans.begin(entry, nowMs, waiter.borrower));
    if (this.#sizing.waited(nowMs - waiter.sinceMs, nowMs)) this.#fill();
  }

  #wait(signal: AbortSignal, nowMs: number, borrower: Borrower): Promise<Lease> {
    const lease = this.#waiters.wait(signal, nowMs, borrower);
    this.#noteLoad(nowMs);
    this.#offer(nowMs);
    return lease;
  }

  /** Gives what is idle to those who wait, after a ping where it needs one, and opens more when that is not enough. */
  #offer(nowMs: number): void {
    while (this.#waiters.size > this.#checks.hopefulCount) {
      const entry = this.#idle.pop();
      if (entry === undefined) break;
      if (entry.isFit(nowMs)) this.#makeAvailable(entry, nowMs);
      else if (!entry.connection.isUsable) this.#lose(entry);
      else if (nowMs >= entry.retiresAtMs) this.#dismiss(entry);
      else void this.#check(entry, neverAborted, validationTimeoutMs);
    }
    this.#fill();
  }

  #noteLoad(nowMs: number): void {
    this.#sizing.load.changed(nowMs, this.#loans.count, this.#entries.size, this.#waiters.size);
  }

  #timedOut(): unknown {
    const { acquireTimeoutMs } = this.#settings;
    this.#sizing.waited(acquireTimeoutMs, this.#clock.monotonicMs());
    return poolTimeoutError(this.stats(), acquireTimeoutMs, this.#growth.lastError);
  }

  /** Pings a connection that is neither idle nor lent, then makes it available or drops it. Never rejects. */
  async #check(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<CheckOutcome> {
    const time = await this.#checks.ping(entry, signal, timeoutMs);
    return this.#checked(entry, time, signal.aborted);
  }

  #checked(entry: PoolEntry, time: number | null, isGivenUp: boolean): CheckOutcome {
    const nowMs = this.#clock.monotonicMs();
    // Lost or dismissed while it was asked.
    if (!this.#entries.has(entry)) return this.#isClosing ? 'unknown' : 'lost';
    if (time !== null) {
      entry.provenAtMs = nowMs;
      this.#makeAvailable(entry, nowMs);
      return time;
    }
    if (isGivenUp && entry.connection.isUsable) {
      if (entry.connection.isBusy) this.#dismiss(entry);
      else {
        entry.isSuspect = true;
        this.#idle.put(entry);
        this.#offer(nowMs);
      }
      return 'unknown';
    }
    this.#lose(entry);
    return 'lost';
  }

  // Opening

  #fill(): void {
    this.#growth.fill(this.#clock.monotonicMs());
  }

  #adopt(connection: SqlConnection): void {
    if (this.#isClosing) {
      this.#departures.dismiss(connection);
      return;
    }
    const nowMs = this.#clock.monotonicMs();
    const entry = new PoolEntry(connection, nowMs, nowMs + lifetimeMs(this.#options.random()));
    this.#entries.add(entry);
    entry.watch(() => this.#lose(entry));
    this.#sizing.opened(this.#entries.size, this.#growth.connectingCount);
    this.#houseKeeper.start();
    this.#makeAvailable(entry, nowMs);
    // After a refusal they come one at a time.
    this.#fill();
  }

  /** With others open a waiter may still be served by them; with none the truth is told at once. */
  #connectFailed(error: unknown): void {
    if (this.#isClosing) return;
    if (this.#entries.size === 0) {
      // Those still on their way may be granted; but only of a full server is that likely.
      if (this.#growth.connectingCount === 0) this.#waiters.rejectAll(error);
      else if (!isRefusal(error)) this.#waiters.shift()?.reject(error);
    }
    this.onConnectFailed.emit(error);
  }

  // Letting go

  /** For a connection that is dead; whoever waits gets another in its place. */
  #lose(entry: PoolEntry): void {
    if (!this.#entries.has(entry)) return;
    this.#forget(entry);
    entry.connection.destroy();
    if (this.#isClosing) return;
    if (this.#entries.size === 0) {
      this.#growth.emptied();
      // First, because the one who listens opens a connection too, and that one counts.
      this.onEmptied.emit();
    }
    this.#fill();
  }

  /** For a connection that may not be lent again although it lives. */
  #dismiss(entry: PoolEntry): void {
    this.#forget(entry);
    this.#departures.dismiss(entry.connection);
  }

  /** Takes a connection from its borrower. */
  #cut(entry: PoolEntry): void {
    this.#forget(entry);
    this.#departures.cut(entry.connection);
  }

  #forget(entry: PoolEntry): void {
    entry.unwatch();
    this.#idle.remove(entry);
    this.#entries.delete(entry);
    if (entry.lease !== null) this.#endLoan(entry, this.#clock.monotonicMs());
  }

  /** Closes what has been idle too long or is too old, the longest idle first, and opens what is missing. */
  #tidy(): void {
    // With nothing open the manager's backoff decides when to try again, not the clock of the pool.
    if (this.#entries.size === 0) {
      this.#houseKeeper.stop();
      this.#loans.rest();
      return;
    }
    const nowMs = this.#clock.monotonicMs();
    this.#sizing.tick(nowMs);
    for (const entry of this.#idle.list()) {
      const isSpare =
        this.#entries.size > this.#sizing.target && nowMs - entry.idleSinceMs >= this.#settings.idleTimeoutMs;
      if (isSpare || nowMs >= entry.retiresAtMs) this.#dismiss(entry);
    }
    if (this.#loans.count === 0) this.#loans.rest();
    this.#fill();
  }

  async #shutDown(): Promise<{ cut: number }> {
    this.#isClosing = true;
    this.#closing.abort(poolClosedError());
    this.#houseKeeper.stop();
    this.#waiters.rejectAll(poolClosedError());
    this.#waiters.stop();
    for (const entry of [...this.#entries]) if (entry.lease === null) this.#dismiss(entry);
    if (this.#loans.count > 0) await this.#drain.over;
    else this.#drain.end();
    this.#loans.rest();
    const cut = this.#entries.size;
    for (const entry of [...this.#entries]) this.#cut(entry);
    await this.#departures.allGone();
    return { cut };
  }
}
