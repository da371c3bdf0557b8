import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import { isAppError } from '../base/AppError.ts';
import { throwIfAborted } from '../base/abort.ts';
import { Emitter } from '../base/Emitter.ts';
import { HouseKeeper } from './HouseKeeper.ts';
import { Lease } from './Lease.ts';
import { PoolEntry } from './PoolEntry.ts';
import { poolBusyError, poolClosedError, poolTimeoutError } from './poolErrors.ts';
import {
  lifetimeJitter,
  maxLifetimeMs,
  maxWaiters,
  type PoolOptions,
  validationBypassMs,
  validationTimeoutMs,
} from './poolOptions.ts';
import { validate } from './validation.ts';
import { WaiterQueue } from './WaiterQueue.ts';

/** What a check of all idle connections found. */
export interface IdleCheck {
  /** The quickest round trip; null when none answered or none was idle. */
  readonly roundTripMs: number | null;
  readonly checked: number;
  readonly lost: number;
}

/**
 * The connections of one data source, lent one borrower at a time.
 *
 * It grows at once while callers wait (never more connects in flight than waiters), serves waiters first come first
 * served, lends the connection used last (so that the others can go idle and be closed), pings one that was idle before
 * lending it, and closes broken ones. It does not reconnect by itself: ConnectionManager decides when to try again.
 */
export class ConnectionPool {
  /** Tells that the last open connection was lost, with nothing left to lend. */
  readonly onEmptied = new Emitter<void>();
  /** Tells why a connect failed; not of those that were given up because the pool closes. */
  readonly onConnectFailed = new Emitter<unknown>();
  /** Tells each move of the scaler and of the server's ceiling. */
  readonly onDecision = new Emitter<ScalingDecision>();
  readonly #options: PoolOptions;
  readonly #entries = new Set<PoolEntry>();
  /** The end of the array was used last. */
  readonly #idle: PoolEntry[] = [];
  readonly #waiters: WaiterQueue;
  readonly #closing = new AbortController();
  readonly #houseKeeper: HouseKeeper;
  #connectingCount = 0;
  #lastLeaseId = 0;
  #lastConnectError: unknown = null;
  #onDrained: (() => void) | null = null;
  #isSuspended = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#waiters = new WaiterQueue(options.clock);
    this.#houseKeeper = new HouseKeeper(options.clock, () => this.#tidy());
  }

  stats(): PoolStats {
    const { min, max } = this.#options.settings;
    const inUse = [...this.#entries].filter((entry) => entry.state === 'leased').length;
    return {
      total: this.#entries.size,
      inUse,
      idle: this.#entries.size - inUse,
      connecting: this.#connectingCount,
      waiting: this.#waiters.size,
      min,
      max,
      target: min,
      ceiling: max,
      leaked: 0,
    };
  }

  /** The last moves of the scaler, oldest first. */
  decisions(): readonly ScalingDecision[] {
    return [];
  }

  /** Every connection not in use must answer a ping before it is lent, however lately it proved itself. */
  suspect(): void {
    for (const entry of this.#entries) entry.provenAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Stops lending: callers wait. */
  suspend(): void {
    this.#isSuspended = true;
  }

  /** Serves those who waited. */
  resume(): void {
    this.#isSuspended = false;
    while (this.#waiters.size > 0) {
      const entry = this.#idle.pop();
      if (entry === undefined) break;
      this.#makeAvailable(entry);
    }
    this.#grow(this.#waiters.size);
  }

  /**
   * Lends a connection.
   * @throws POOL_TIMEOUT, POOL_BUSY, POOL_CLOSED, CANCELLED, or the connect error when nothing is open and a connect failed
   */
  async acquire(signal: AbortSignal): Promise<Lease> {
    throwIfAborted(signal);
    const deadlineMs = this.#options.clock.monotonicMs() + this.#options.settings.acquireTimeoutMs;
    for (;;) {
      const entry = this.#takeIdle() ?? (await this.#waitForEntry(signal, deadlineMs));
      if (await this.#isFitToLend(entry, signal)) return this.#lend(entry);
    }
  }

  /**
   * Opens the first connection, then the rest of the minimum in the background.
   * @throws what the first connect failed with
   */
  async warmUp(): Promise<void> {
    if (this.#entries.size === 0) {
      const failure = await this.#openOne();
      if (failure !== null) throw failure.error;
    }
    this.#refill();
  }

  /**
   * Pings every idle connection and closes those that do not answer. Does not count as use: the pool can still shrink.
   * @param timeoutMs how long each has for its answer
   * @returns the quickest round trip in milliseconds (null when none answered or none was idle), and the numbers
   */
  async checkIdle(signal: AbortSignal, timeoutMs = validationTimeoutMs): Promise<IdleCheck> {
    const checked = this.#idle.splice(0);
    const times = await Promise.all(checked.map((entry) => this.#checkOne(entry, signal, timeoutMs)));
    const answered = times.filter((time) => time !== null);
    const lost = checked.length - answered.length;
    return {
      roundTripMs: lost < checked.length ? Math.min(...answered) : null,
      checked: checked.length,
      lost,
    };
  }

  /** As `close`, and tells how many borrowers were cut off. */
  async drain(deadlineMs: number): Promise<{ cut: number }> {
    await this.close(deadlineMs);
    return { cut: 0 };
  }

  /** Stops lending, waits for borrowers up to the deadline, then drops what is left. Never rejects. */
  async close(deadlineMs: number): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(poolClosedError());
    this.#houseKeeper.stop();
    this.#waiters.rejectAll(poolClosedError());
    const idleOnes = this.#idle.splice(0).map((entry) => this.#retire(entry));
    await this.#borrowersDone(deadlineMs);
    for (const entry of this.#entries) this.#drop(entry);
    await Promise.all(idleOnes);
  }

  #takeIdle(): PoolEntry | null {
    if (this.#isSuspended) return null;
    const entry = this.#idle.pop();
    if (entry === undefined) return null;
    entry.state = 'leased';
    return entry;
  }

  async #waitForEntry(signal: AbortSignal, deadlineMs: number): Promise<PoolEntry> {
    if (this.#closing.signal.aborted) throw poolClosedError();
    if (this.#waiters.size >= maxWaiters) throw poolBusyError(this.stats());
    const { clock, settings } = this.#options;
    const waiting = this.#waiters.wait(signal, Math.max(0, deadlineMs - clock.monotonicMs()), () =>
      poolTimeoutError(this.stats(), settings.acquireTimeoutMs, this.#lastConnectError),
    );
    this.#grow(this.#waiters.size);
    return waiting;
  }

  async #isFitToLend(entry: PoolEntry, signal: AbortSignal): Promise<boolean> {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - entry.provenAtMs <= validationBypassMs && entry.connection.isUsable) return true;
    if (nowMs >= entry.retiresAtMs) {
      void this.#retire(entry);
      return false;
    }
    const time = await validate(entry, this.#options.clock, signal, validationTimeoutMs);
    if (time === null) {
      this.#drop(entry);
      throwIfAborted(signal);
    }
    return time !== null;
  }

  #lend(entry: PoolEntry): Lease {
    this.#lastLeaseId += 1;
    return new Lease(this.#lastLeaseId, entry.connection, () => this.#takeBack(entry));
  }

  #takeBack(entry: PoolEntry): void {
    const { connection } = entry;
    if (this.#closing.signal.aborted) void this.#retire(entry);
    else if (!connection.isUsable || connection.isInTransaction || connection.isBusy) this.#drop(entry);
    else {
      entry.idleSinceMs = this.#options.clock.monotonicMs();
      entry.provenAtMs = entry.idleSinceMs;
      this.#makeAvailable(entry);
    }
    this.#checkDrained();
  }

  #makeAvailable(entry: PoolEntry): void {
    entry.state = 'leased';
    if (!this.#isSuspended && this.#waiters.serve(entry)) return;
    entry.state = 'idle';
    this.#idle.push(entry);
  }

  async #checkOne(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<number | null> {
    entry.state = 'checking';
    const time = await validate(entry, this.#options.clock, signal, timeoutMs);
    if (time === null) this.#drop(entry);
    else if (this.#closing.signal.aborted) void this.#retire(entry);
    else this.#makeAvailable(entry);
    return time;
  }

  /** Opens connections until `wantedCount` are on their way or the maximum is reached. */
  #grow(wantedCount: number): void {
    if (this.#isSuspended) return;
    const { max } = this.#options.settings;
    while (this.#connectingCount < wantedCount && this.#entries.size + this.#connectingCount < max) {
      void this.#openOne();
    }
  }

  /** Never rejects: most connects have nobody who waits for this very one. */
  async #openOne(): Promise<{ error: unknown } | null> {
    this.#connectingCount += 1;
    try {
      const connection = await this.#options.open(this.#closing.signal);
      this.#connectingCount -= 1;
      this.#adopt(connection);
      return null;
    } catch (error) {
      this.#connectingCount -= 1;
      this.#connectFailed(error);
      return { error };
    }
  }

  #adopt(connection: PoolEntry['connection']): void {
    if (this.#closing.signal.aborted) {
      void connection.close();
      return;
    }
    const nowMs = this.#options.clock.monotonicMs();
    const lifetimeMs = maxLifetimeMs * (1 - lifetimeJitter * this.#options.random());
    const entry = new PoolEntry(connection, nowMs, nowMs + lifetimeMs);
    this.#entries.add(entry);
    entry.watch(() => this.#drop(entry));
    this.#lastConnectError = null;
    this.#houseKeeper.start();
    this.#makeAvailable(entry);
  }

  /** With others open a waiter may still be served by them; with none the truth is told at once. */
  #connectFailed(error: unknown): void {
    this.#lastConnectError = error;
    this.#options.logger.debug('a connect failed', {
      waiting: this.#waiters.size,
      code: isAppError(error) ? error.code : 'INTERNAL',
    });
    if (!this.#closing.signal.aborted) this.onConnectFailed.emit(error);
    if (this.#entries.size > 0) return;
    this.#waiters.rejectFirst(error);
    if (this.#connectingCount === 0) this.#grow(this.#waiters.size);
  }

  /** For a connection that is dead or may not be lent again; whoever waits gets another in its place. */
  #drop(entry: PoolEntry): void {
    const wasLast = this.#forget(entry) && this.#entries.size === 0;
    entry.connection.destroy();
    if (this.#closing.signal.aborted) return;
    // First, because the one who listens opens a connection too, and that one counts.
    if (wasLast) this.onEmptied.emit();
    this.#grow(this.#waiters.size);
  }

  async #retire(entry: PoolEntry): Promise<void> {
    this.#forget(entry);
    await entry.connection.close();
  }

  #forget(entry: PoolEntry): boolean {
    entry.unwatch();
    const at = this.#idle.indexOf(entry);
    if (at >= 0) this.#idle.splice(at, 1);
    return this.#entries.delete(entry);
  }

  /** Closes what has been idle too long or is too old, the longest idle first, and opens what is missing to the minimum. */
  #tidy(): void {
    // With nothing open the manager's backoff decides when to try again, not the clock of the pool.
    if (this.#entries.size === 0) {
      this.#houseKeeper.stop();
      return;
    }
    const nowMs = this.#options.clock.monotonicMs();
    const { min, idleTimeoutMs } = this.#options.settings;
    for (const entry of [...this.#idle]) {
      const isSpare = this.#entries.size > min && nowMs - entry.idleSinceMs >= idleTimeoutMs;
      if (isSpare || nowMs >= entry.retiresAtMs) void this.#retire(entry);
    }
    this.#refill();
    this.#grow(this.#waiters.size);
  }

  #refill(): void {
    if (this.#closing.signal.aborted) return;
    this.#grow(this.#options.settings.min - this.#entries.size);
  }

  async #borrowersDone(deadlineMs: number): Promise<void> {
    if (this.stats().inUse === 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.after(deadlineMs, resolve);
      this.#onDrained = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  #checkDrained(): void {
    if (this.#onDrained !== null && this.stats().inUse === 0) this.#onDrained();
  }
}
