import type { Clock, Timer } from '../../base/Clock.ts';
import type { Connection } from '../../connectors/Connection.ts';
import { PoolEntry } from './Lease.ts';

/** How long a server may take to stop the statement of a connection that is closed; then the socket is dropped. */
const cancelPatienceMs = 1_000;

export interface InventoryOptions {
  readonly clock: Clock;
  /** 0 inclusive to 1 exclusive; spreads lifetimes. */
  readonly random: () => number;
  /** Called when an open session ended by itself. */
  readonly onLost: (entry: PoolEntry) => void;
  /** Called for each connection that is not open any more, whatever the reason. */
  readonly onRemoved: (entry: PoolEntry) => void;
  /** Called when the server has one connection less. */
  readonly onGone: () => void;
}

/**
 * The open connections of a pool (idle, being checked or lent), and those on their way out. Idle ones are kept in the
 * order in which they came back, and the one used last is lent first.
 */
export class Inventory {
  readonly leaving: Departures;
  readonly #options: InventoryOptions;
  readonly #open = new Set<PoolEntry>();
  /** The end was used last. */
  readonly #idle: PoolEntry[] = [];

  constructor(options: InventoryOptions) {
    this.#options = options;
    this.leaving = new Departures(options.clock, options.onGone);
  }

  /** Open connections: idle, being checked and lent. */
  get size(): number {
    return this.#open.size;
  }

  /** All that are open. Live: what is removed during a walk is left out. */
  get open(): Iterable<PoolEntry> {
    return this.#open;
  }

  has(entry: PoolEntry): boolean {
    return this.#open.has(entry);
  }

  /** Takes in a connection that was just opened. It is not idle yet: lend it or put it down. */
  add(connection: Connection): PoolEntry {
    const { clock, random, onLost } = this.#options;
    const entry = new PoolEntry(connection, clock.monotonicMs(), random());
    this.#open.add(entry);
    entry.watch(() => onLost(entry));
    return entry;
  }

  /** Takes the idle connection used last when it can be lent without a ping; null otherwise. */
  takeFit(nowMs: number): PoolEntry | null {
    const entry = this.#idle[this.#idle.length - 1];
    if (!entry?.isFit(nowMs)) return null;
    this.#idle.pop();
    return entry;
  }

  /** Takes the idle connection used last; null without one. */
  take(): PoolEntry | null {
    return this.#idle.pop() ?? null;
  }

  takeAll(): PoolEntry[] {
    return this.#idle.splice(0);
  }

  /** Puts an open connection to the idle ones: on top, unless it was only away to be checked. */
  putDown(entry: PoolEntry): void {
    const { idleSinceMs } = entry;
    const top = this.#idle[this.#idle.length - 1];
    if (top === undefined || top.idleSinceMs <= idleSinceMs) this.#idle.push(entry);
    else
      this.#idle.splice(
        this.#idle.findIndex((other) => other.idleSinceMs > idleSinceMs),
        0,
        entry,
      );
  }

  /** Closes those idle connections for which this holds when it is asked, the longest idle first. */
  dismissIdle(isUnwanted: (entry: PoolEntry) => boolean): void {
    for (const entry of [...this.#idle]) if (isUnwanted(entry)) this.dismiss(entry);
  }

  /** For a connection that is dead: drops its socket. */
  drop(entry: PoolEntry): void {
    this.#remove(entry);
    entry.connection.destroy();
  }

  /** For a connection that may not be lent again although it lives: closes it. */
  dismiss(entry: PoolEntry): void {
    this.#remove(entry);
    this.leaving.dismiss(entry.connection);
  }

  /** Takes a connection from its borrower, and closes it. */
  cut(entry: PoolEntry): void {
    this.#remove(entry);
    this.leaving.cut(entry.connection);
  }

  #remove(entry: PoolEntry): void {
    entry.unwatch();
    const at = this.#idle.lastIndexOf(entry);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#open.delete(entry);
    this.#options.onRemoved(entry);
  }
}

/**
 * Connections on their way out: no longer lent, but still on the server, so that they count when others are opened.
 * Each is gone after about a second at most.
 */
export class Departures {
  readonly #leaving = new Set<Promise<void>>();
  readonly #clock: Clock;
  readonly #onGone: () => void;

  /** @param onGone called whenever one is gone */
  constructor(clock: Clock, onGone: () => void) {
    this.#clock = clock;
    this.#onGone = onGone;
  }

  get count(): number {
    return this.#leaving.size;
  }

  /** Cancels what still runs, then ends the session in order. */
  dismiss(connection: Connection): void {
    this.#follow(this.#stop(connection).then(() => connection.close()));
  }

  /** Cancels what still runs, then drops the socket. */
  cut(connection: Connection): void {
    this.#follow(this.#stop(connection).then(() => connection.destroy()));
  }

  /** Resolves when all are gone. */
  async allGone(): Promise<void> {
    while (this.#leaving.size > 0) await Promise.all(this.#leaving);
  }

  #follow(leaving: Promise<void>): void {
    const followed = leaving.then(() => {
      this.#leaving.delete(followed);
      this.#onGone();
    });
    this.#leaving.add(followed);
  }

  /** Stops what runs on the server, as far as the server obeys in time. */
  #stop(connection: Connection): Promise<void> {
    if (!connection.isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      const patience = this.#clock.after(cancelPatienceMs, () => {
        connection.destroy();
        resolve();
      });
      void connection.cancelRunning().then(() => {
        patience.cancel();
        resolve();
      });
    });
  }
}

/** Waits until a pool has no borrowers any more, or for a deadline that can only come nearer. */
export class DrainWait {
  /** Resolves when all are back or the deadline has passed. */
  readonly over: Promise<void>;
  readonly #clock: Clock;
  #end: () => void = () => undefined;
  #dueMs = Number.POSITIVE_INFINITY;
  #timer: Timer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** No longer than this from now. */
  within(deadlineMs: number): void {
    const dueMs = this.#clock.monotonicMs() + deadlineMs;
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    this.#timer?.cancel();
    if (deadlineMs <= 0) this.end();
    else this.#timer = this.#clock.after(deadlineMs, () => this.end());
  }

  /** All are back. */
  end(): void {
    // A later deadline has no effect.
    this.#dueMs = Number.NEGATIVE_INFINITY;
    this.#timer?.cancel();
    this.#end();
  }
}
