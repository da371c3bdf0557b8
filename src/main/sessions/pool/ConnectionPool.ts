import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { PoolStats, ScalingDecision } from '../../../shared/model/poolStats.ts';
import { abortReason, neverAborted, unboundedController } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { Logger } from '../../observability/Logger.ts';
import { type CheckOutcome, Checks, type IdleCheck, summariseChecks, validationTimeoutMs } from './Checks.ts';
import { Growth, HouseKeeper } from './Growth.ts';
import { DrainWait, Inventory } from './Inventory.ts';
import type { Lease, PoolEntry } from './Lease.ts';
import { Loans } from './Loans.ts';
import { poolBusyError, poolClosedError, poolTimeoutError } from './poolErrors.ts';
import { Reservations, type SharingPool } from './Reservations.ts';
import { isRefusal, Sizing } from './Sizing.ts';
import { maxWaiters, WaiterQueue } from './WaiterQueue.ts';

/** What a pool is made of. Everything that varies between data sources, engines and tests comes in here. */
export interface PoolOptions {
  readonly settings: PoolSettings;
  /** What others have of the maximum; without it, nothing. */
  readonly reservations?: Reservations;
  /** Opens one connection; has its own deadline. The signal aborts when the pool closes. */
  readonly open: (signal: AbortSignal) => Promise<Connection>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 inclusive to 1 exclusive; spreads lifetimes. */
  readonly random: () => number;
  /** A caller who had to wait got a connection, or waited too long. */
  readonly onWaited: (waitMs: number, isServed: boolean) => void;
}

/**
 * The connections of one data source, lent to one borrower at a time.
 *
 * It grows at once while callers wait (never more connects in flight than waiters, or than what is missing to the
 * target), serves waiters first come first served, lends the connection used last (so that the others can go idle and be
 * closed), pings one that was idle before lending it, and closes broken ones. It does not reconnect by itself when it is
 * empty: ManagedSource decides when to try again.
 *
 * Invariants: a caller that cannot be served at once is in the queue, also while a connection is pinged for it; an open
 * connection is idle, being checked or lent; open, opening, leaving and reserved ones are together at most the maximum.
 */
export class ConnectionPool implements SharingPool {
  /** The last open connection was lost, with nothing left to lend. */
  readonly onEmptied = new Emitter<void>();
  /** Why a connect failed. Not emitted for those that were given up because the pool closes. */
  readonly onConnectFailed = new Emitter<unknown>();
  /** Each move of the scaler's target and of the server's ceiling. */
  readonly onDecision: Emitter<ScalingDecision>;
  readonly #clock: Clock;
  readonly #onWaited: PoolOptions['onWaited'];
  readonly #inventory: Inventory;
  readonly #waiters: WaiterQueue;
  readonly #reservations: Reservations;
  readonly #growth: Growth;
  readonly #sizing: Sizing;
  readonly #houseKeeper: HouseKeeper;
  readonly #loans: Loans;
  readonly #checks: Checks;
  /** Each connect in flight listens, and there may be many. */
  readonly #closing = unboundedController();
  readonly #drain: DrainWait;
  #settings: PoolSettings;
  #isClosing = false;
  #closed: Promise<{ cut: number }> | null = null;

  constructor({ clock, logger, open, random, settings, onWaited, ...options }: PoolOptions) {
    const { reservations = new Reservations(settings.max, clock) } = options;
    this.#settings = settings;
    this.#reservations = reservations;
    this.#clock = clock;
    this.#onWaited = onWaited;
    this.#sizing = new Sizing(settings, clock, random);
    this.onDecision = this.#sizing.onDecision;
    this.#waiters = new WaiterQueue({
      clock,
      timeoutMs: settings.acquireTimeoutMs,
      timeoutError: () => this.#timedOut(),
    });
    this.#inventory = new Inventory({
      ...{ clock, random },
      onLost: (entry) => this.#lose(entry),
      onRemoved: (entry) => entry.lease !== null && this.#loans.end(entry, clock.monotonicMs()),
      onGone: () => {
        this.#reservations.advance();
        this.#growth.fill();
      },
    });
    this.#growth = new Growth({
      ...{ clock, logger, sizing: this.#sizing, inventory: this.#inventory },
      open: () => open(this.#closing.signal),
      reservedCount: () => reservations.leftCount,
      neededCount: () => this.#waiters.size - this.#checks.hopefulCount,
      isClosing: () => this.#isClosing,
      onOpened: (entry) => {
        this.#houseKeeper.start();
        this.#makeAvailable(entry, clock.monotonicMs());
      },
      onFailed: (error) => this.#connectFailed(error),
    });
    this.#checks = new Checks(clock, () => this.#growth.fill());
    this.#loans = new Loans({
      ...{ settings, clock, logger },
      entries: this.#inventory.open,
      giveBack: (entry, lease) => this.#takeBack(entry, lease),
      onChange: (nowMs) => this.#noteLoad(nowMs),
      onAllBack: () => this.#isClosing && this.#drain.end(),
      reclaim: (entry) => this.#inventory.cut(entry),
    });
    this.#houseKeeper = new HouseKeeper({
      ...{ clock, settings, inventory: this.#inventory, loans: this.#loans },
      ...{ sizing: this.#sizing, growth: this.#growth },
    });
    this.#drain = new DrainWait(clock);
    reservations.attach(this);
  }

  /** All that are open, idle or lent. */
  connections(): Connection[] {
    return [...this.#inventory.open].map(({ connection }) => connection);
  }

  stats(): PoolStats {
    const { min, max } = this.#settings;
    const { size: total } = this.#inventory;
    const { count: inUse, leakedCount: leaked, pinnedCount: pinned } = this.#loans;
    const { target, ceiling } = this.#sizing;
    const { connectingCount: connecting } = this.#growth;
    const { size: waiting } = this.#waiters;
    const idle = total - inUse;
    const { grantedCount: reserved } = this.#reservations;
    return { total, inUse, idle, pinned, connecting, waiting, min, max, target, ceiling, leaked, reserved };
  }

  get usedCount(): number {
    return this.#inventory.size + this.#inventory.leaving.count + this.#growth.connectingCount;
  }

  get lentCount(): number {
    return this.#loans.count;
  }

  get waitingSinceMs(): number | null {
    return this.#waiters.waitingSinceMs;
  }

  shrink(): void {
    this.#inventory.dismissIdle(() => this.#hasTooMany());
    if (this.#hasTooMany()) this.#loans.recall('wanted');
  }

  grow(): void {
    this.#growth.roomChanged();
    this.#offer(this.#clock.monotonicMs());
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
    // Whoever came before is served before.
    const entry = this.#waiters.size > 0 ? null : this.#inventory.takeFit(nowMs);
    if (entry === null && this.#waiters.size >= maxWaiters)
      return Promise.reject(poolBusyError(this.stats()));
    const borrower = this.#loans.borrower(nowMs, this.acquire);
    if (entry !== null) return Promise.resolve(this.#loans.begin(entry, nowMs, borrower));
    const lease = this.#waiters.wait(signal, nowMs, borrower);
    this.#noteLoad(nowMs);
    this.#offer(nowMs);
    this.#recallSpare();
    return lease;
  }

  /**
   * Opens the first connection, then the rest of the minimum in the background.
   * @throws what the first connect failed with; POOL_CLOSED
   */
  async warmUp(): Promise<void> {
    if (this.#isClosing) throw poolClosedError();
    await this.#growth.openFirst();
    this.#growth.fill();
  }

  /**
   * Pings every idle connection and closes those that do not answer. Does not count as use. Never rejects.
   * @param signal gives the check up: what has not answered by then is not lost for that
   * @param timeoutMs how long each has for its answer
   */
  async checkIdle(signal: AbortSignal, timeoutMs = validationTimeoutMs): Promise<IdleCheck> {
    const entries = this.#inventory.takeAll();
    return summariseChecks(await Promise.all(entries.map((entry) => this.#check(entry, signal, timeoutMs))));
  }

  /** Every connection must answer a ping before it is lent the next time, however lately it proved itself. */
  suspect(): void {
    for (const entry of this.#inventory.open) entry.isSuspect = true;
  }

  /**
   * Other settings, at once: limits of time also for callers that wait or hold a connection, a higher maximum also for
   * those that wait. Above a lower one, idle connections are closed now and lent ones when they come back.
   */
  configure(settings: PoolSettings): void {
    if (this.#isClosing) return;
    this.#settings = settings;
    this.#sizing.configure(settings);
    this.#loans.configure(settings);
    this.#houseKeeper.configure(settings);
    this.#waiters.configure(settings.acquireTimeoutMs);
    this.#inventory.dismissIdle(() => this.#hasTooMany());
    this.#offer(this.#clock.monotonicMs());
  }

  /**
   * Stops lending for good, waits for borrowers up to the deadline, then cancels what they still run and drops their
   * connections. A second call can only bring the deadline nearer. Never rejects.
   * @returns how many borrowers were cut off
   */
  close(deadlineMs: number): Promise<{ cut: number }> {
    this.#closed ??= this.#shutDown();
    this.#drain.within(deadlineMs);
    return this.#closed;
  }

  #hasTooMany(): boolean {
    return this.#sizing.isTooMany(this.#inventory.size + this.#reservations.leftCount);
  }

  /** Who waits, and gets no connection that is being opened or checked, gets one that a tab can spare. */
  #recallSpare(): void {
    const isServed = this.#waiters.size <= this.#growth.connectingCount + this.#checks.hopefulCount;
    if (!isServed) this.#loans.recall('wanted');
  }

  #takeBack(entry: PoolEntry, lease: Lease): void {
    // Lost or cut off meanwhile: the pool has forgotten it.
    if (entry.lease !== lease) return;
    const nowMs = this.#clock.monotonicMs();
    this.#loans.end(entry, nowMs);
    const { connection } = entry;
    if (this.#isClosing) this.#inventory.dismiss(entry);
    else if (!connection.isUsable) this.#lose(entry);
    else if (entry.isSpent || connection.isBusy || connection.isInTransaction || nowMs >= entry.retiresAtMs) {
      this.#inventory.dismiss(entry);
      this.#growth.fill();
    } else {
      entry.idleSinceMs = nowMs;
      if (entry.isSuspect) void this.#check(entry, neverAborted, validationTimeoutMs);
      else {
        entry.provenAtMs = nowMs;
        this.#makeAvailable(entry, nowMs);
      }
    }
  }

  /** For a connection that is fit to be lent. */
  #makeAvailable(entry: PoolEntry, nowMs: number): void {
    // Who came before whoever waits here may be somebody elsewhere.
    this.#reservations.advance();
    if (this.#hasTooMany()) {
      this.#inventory.dismiss(entry);
      return;
    }
    const waiter = this.#waiters.shift();
    if (waiter === null) {
      this.#inventory.putDown(entry);
      return;
    }
    waiter.resolve(this.#loans.begin(entry, nowMs, waiter.borrower));
    const waitMs = nowMs - waiter.sinceMs;
    this.#onWaited(waitMs, true);
    if (this.#sizing.waited(waitMs, nowMs)) this.#growth.fill();
    this.#reservations.advance();
  }

  /** Gives what is idle to waiting callers, after a ping where it needs one, and opens more when that is not enough. */
  #offer(nowMs: number): void {
    while (this.#waiters.size > this.#checks.hopefulCount) {
      const entry = this.#inventory.take();
      if (entry === null) break;
      if (entry.isFit(nowMs)) this.#makeAvailable(entry, nowMs);
      else if (!entry.connection.isUsable) this.#lose(entry);
      else if (nowMs >= entry.retiresAtMs) this.#inventory.dismiss(entry);
      else void this.#check(entry, neverAborted, validationTimeoutMs);
    }
    this.#growth.fill();
  }

  #noteLoad(nowMs: number): void {
    this.#sizing.load.changed(nowMs, this.#loans.count, this.#inventory.size, this.#waiters.size);
  }

  #timedOut(): unknown {
    const { acquireTimeoutMs } = this.#settings;
    this.#onWaited(acquireTimeoutMs, false);
    this.#sizing.waited(acquireTimeoutMs, this.#clock.monotonicMs());
    const { lastError } = this.#growth;
    return poolTimeoutError(this.stats(), acquireTimeoutMs, lastError, this.#loans.pinnedCount);
  }

  /** Pings a connection that is neither idle nor lent, then makes it available or drops it. Never rejects. */
  async #check(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<CheckOutcome> {
    const outcome = await this.#checks.ping(entry, signal, timeoutMs);
    // Lost or dismissed while it was pinged.
    if (!this.#inventory.has(entry)) return this.#isClosing ? 'unknown' : 'lost';
    const nowMs = this.#clock.monotonicMs();
    if (outcome === 'lost') this.#lose(entry);
    else if (outcome !== 'unknown') this.#makeAvailable(entry, nowMs);
    else if (entry.connection.isBusy) this.#inventory.dismiss(entry);
    else {
      this.#inventory.putDown(entry);
      this.#offer(nowMs);
    }
    return outcome;
  }

  /** While others are open they may still serve a waiter; otherwise it fails at once, with the reason. */
  #connectFailed(error: unknown): void {
    if (this.#isClosing) return;
    if (this.#inventory.size === 0) {
      // Connects still in flight may be granted; but only with a full server is that likely.
      if (this.#growth.connectingCount === 0) this.#waiters.rejectAll(error);
      else if (!isRefusal(error)) this.#waiters.shift()?.reject(error);
    }
    this.onConnectFailed.emit(error);
    this.#reservations.advance();
  }

  /** For a connection that is dead; a waiting caller gets another in its place. */
  #lose(entry: PoolEntry): void {
    this.#inventory.drop(entry);
    this.#reservations.advance();
    if (this.#isClosing) return;
    if (this.#inventory.size === 0) {
      this.#growth.emptied();
      // First, because whoever listens opens a connection too, and that one counts.
      this.onEmptied.emit();
    }
    this.#growth.fill();
  }

  async #shutDown(): Promise<{ cut: number }> {
    this.#isClosing = true;
    this.#closing.abort(poolClosedError());
    this.#houseKeeper.stop();
    this.#growth.roomChanged();
    this.#waiters.rejectAll(poolClosedError());
    this.#waiters.stop();
    this.#loans.recall('closing');
    for (const entry of [...this.#inventory.open]) if (entry.lease === null) this.#inventory.dismiss(entry);
    if (this.#loans.count > 0) await this.#drain.over;
    else this.#drain.end();
    this.#loans.rest();
    const cut = this.#inventory.size;
    for (const entry of [...this.#inventory.open]) this.#inventory.cut(entry);
    await this.#inventory.leaving.allGone();
    this.#reservations.detach(this);
    return { cut };
  }
}
