import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { Inventory } from './Inventory.ts';
import type { PoolEntry } from './Lease.ts';
import type { Loans } from './Loans.ts';
import { poolClosedError } from './poolErrors.ts';
import type { Sizing } from './Sizing.ts';

/** How often idle connections are looked through. */
const housekeepingIntervalMs = 5_000;

/** How a connect ended: `null` when it was granted. */
type ConnectOutcome = { readonly error: unknown } | null;

export interface GrowthOptions {
  readonly open: () => Promise<Connection>;
  readonly sizing: Sizing;
  readonly inventory: Inventory;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Connections within the maximum that the pool has to leave. */
  readonly reservedCount: () => number;
  /** Callers who need a connection that is not open yet. */
  readonly neededCount: () => number;
  /** Whether the pool closes: no connect begins, and what is opened none the less is closed. */
  readonly isClosing: () => boolean;
  /** Called with each new connection, which is neither idle nor lent yet. */
  readonly onOpened: (entry: PoolEntry) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Opens the connections of a pool: for callers who wait, and what is missing to the target, as far as there is room.
 * There are never more connects in flight than that. After the last connection was lost, or a connect failed with
 * nothing open, nothing is opened to reach the target: the manager decides when to try again, with its backoff.
 */
export class Growth {
  readonly #options: GrowthOptions;
  readonly #outcomeListeners: ((outcome: ConnectOutcome) => void)[] = [];
  readonly #roomListeners: (() => void)[] = [];
  #connectingCount = 0;
  #lastError: unknown = null;
  #isEmptied = true;

  constructor(options: GrowthOptions) {
    this.#options = options;
  }

  /** Connects in flight. */
  get connectingCount(): number {
    return this.#connectingCount;
  }

  /** Why the last connect failed; null when it was granted. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** The last connection was lost: the next one is opened for the manager or for a caller. */
  emptied(): void {
    this.#isEmptied = true;
  }

  /** Opens what is needed or missing, as far as there is room. */
  fill(): void {
    const { clock, sizing, inventory, neededCount, isClosing } = this.#options;
    if (isClosing()) return;
    const needed = neededCount();
    if (needed > this.#connectingCount) sizing.lift(clock.monotonicMs());
    const missing = this.#isEmptied ? 0 : sizing.target - inventory.size;
    const wanted = Math.max(needed, missing);
    while (this.#connectingCount < wanted && this.#room() > 0) void this.#connect();
  }

  /**
   * Opens the first connection when there is none; joins connects in flight when there is no room for another, and waits
   * where all that there may be are reserved.
   * @throws what the connect failed with, POOL_CLOSED
   */
  async openFirst(): Promise<void> {
    const { inventory, isClosing } = this.#options;
    while (inventory.size === 0) {
      if (isClosing()) throw poolClosedError();
      const hasRoom = this.#room() > 0;
      if (!hasRoom && this.#connectingCount === 0) {
        await (inventory.leaving.count > 0 ? inventory.leaving.allGone() : this.#moreRoom());
        continue;
      }
      const outcome = await (hasRoom ? this.#connect() : this.#nextOutcome());
      if (outcome !== null) throw outcome.error;
      // Also when it was lost at once: whoever listens to that decides what to do.
      return;
    }
  }

  /** Less is reserved, or the pool closes: who waits for room looks again. */
  roomChanged(): void {
    for (const listener of this.#roomListeners.splice(0)) listener();
  }

  /** How many more connects may begin. Connections on their way out count: the server still has them. */
  #room(): number {
    const { sizing, inventory, reservedCount } = this.#options;
    return sizing.room(inventory.size + inventory.leaving.count, this.#connectingCount, reservedCount());
  }

  #moreRoom(): Promise<void> {
    return new Promise((resolve) => this.#roomListeners.push(resolve));
  }

  /** Never rejects: nobody waits for most connects. */
  async #connect(): Promise<ConnectOutcome> {
    this.#connectingCount += 1;
    const outcome = await this.#open();
    for (const listener of this.#outcomeListeners.splice(0)) listener(outcome);
    return outcome;
  }

  async #open(): Promise<ConnectOutcome> {
    let connection: Connection;
    try {
      connection = await this.#options.open();
    } catch (error) {
      this.#connectingCount -= 1;
      this.#failed(error);
      return { error };
    }
    this.#connectingCount -= 1;
    this.#opened(connection);
    return null;
  }

  #opened(connection: Connection): void {
    const { sizing, inventory, isClosing, onOpened } = this.#options;
    this.#lastError = null;
    this.#isEmptied = false;
    if (isClosing()) {
      inventory.leaving.dismiss(connection);
      return;
    }
    const entry = inventory.add(connection);
    sizing.opened(inventory.size, this.#connectingCount);
    onOpened(entry);
    // After a refusal they are opened one at a time.
    this.fill();
  }

  #failed(error: unknown): void {
    const { sizing, inventory, logger, onFailed } = this.#options;
    this.#lastError = error;
    if (inventory.size === 0) this.#isEmptied = true;
    sizing.connectFailed(error, inventory.size, this.#connectingCount);
    logger.debug('a connect failed', { code: isAppError(error) ? error.code : 'INTERNAL' });
    onFailed(error);
  }

  #nextOutcome(): Promise<ConnectOutcome> {
    return new Promise((resolve) => this.#outcomeListeners.push(resolve));
  }
}

export interface HouseKeeperOptions {
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly loans: Loans;
  readonly sizing: Sizing;
  readonly growth: Growth;
  readonly settings: Pick<PoolSettings, 'idleTimeoutMs'>;
}

/**
 * Every few seconds, while anything is open: closes what has been idle too long or is too old, and opens what is missing.
 * Holds no timer otherwise.
 */
export class HouseKeeper {
  readonly #options: HouseKeeperOptions;
  #settings: HouseKeeperOptions['settings'];
  #timer: Timer | null = null;

  constructor(options: HouseKeeperOptions) {
    this.#options = options;
    this.#settings = options.settings;
  }

  configure(settings: HouseKeeperOptions['settings']): void {
    this.#settings = settings;
  }

  start(): void {
    this.#timer ??= this.#options.clock.after(housekeepingIntervalMs, () => {
      this.#timer = null;
      this.#tidy();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #tidy(): void {
    const { clock, inventory, loans, sizing, growth } = this.#options;
    // With nothing open the manager's backoff decides when to try again, not the clock of the pool.
    if (inventory.size === 0) {
      loans.rest();
      return;
    }
    this.start();
    const nowMs = clock.monotonicMs();
    sizing.tick(nowMs);
    inventory.dismissIdle(({ idleSinceMs, retiresAtMs }) => {
      const isUnused = nowMs - idleSinceMs >= this.#settings.idleTimeoutMs;
      return nowMs >= retiresAtMs || (isUnused && inventory.size > sizing.target);
    });
    if (loans.count === 0) loans.rest();
    growth.fill();
  }
}
