import { isAppError } from '../../base/AppError.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { Departures } from './Departures.ts';
import type { Sizing } from './Sizing.ts';

/** How a connect ended: `null` when it was granted. */
type ConnectOutcome = { readonly error: unknown } | null;

export interface GrowthOptions {
  readonly open: () => Promise<SqlConnection>;
  readonly sizing: Sizing;
  readonly departures: Departures;
  readonly logger: Logger;
  /** Connections that are open. */
  readonly openCount: () => number;
  /** Callers who need a connection that is not open yet. */
  readonly neededCount: () => number;
  /** Whether no connect may begin at present. */
  readonly isPaused: () => boolean;
  /** Called when a connect was granted, when it no longer counts as on its way. */
  readonly onOpened: (connection: SqlConnection) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Opens the connections of a pool: for those who wait, and what is missing to the target, as far as there is room. There
 * are never more connects on their way than that. After the last connection was lost, or a connect failed with nothing
 * open, nothing is opened to reach the target: the manager decides when to try again, with its backoff.
 */
export class Growth {
  readonly #options: GrowthOptions;
  readonly #outcomeListeners: ((outcome: ConnectOutcome) => void)[] = [];
  #connectingCount = 0;
  #lastError: unknown = null;
  #isEmptied = true;

  constructor(options: GrowthOptions) {
    this.#options = options;
  }

  /** Connects on their way. */
  get connectingCount(): number {
    return this.#connectingCount;
  }

  /** Why the last connect failed; null when it was granted. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** The last connection was lost: the next one is the manager's business, or that of a caller. */
  emptied(): void {
    this.#isEmptied = true;
  }

  /** @param nowMs monotonic milliseconds */
  fill(nowMs: number): void {
    const { sizing, neededCount, openCount, isPaused } = this.#options;
    if (isPaused()) return;
    const needed = neededCount();
    if (needed > this.#connectingCount) sizing.lift(nowMs);
    const missing = this.#isEmptied ? 0 : sizing.target - openCount();
    const wanted = Math.max(needed, missing);
    while (this.#connectingCount < wanted && this.#room() > 0) void this.#connect();
  }

  /**
   * Opens the first connection when there is none; joins connects on their way when there is no room for another.
   * @throws what the connect failed with
   */
  async openFirst(): Promise<void> {
    const { openCount, departures } = this.#options;
    while (openCount() === 0) {
      const hasRoom = this.#room() > 0;
      if (!hasRoom && this.#connectingCount === 0) {
        await departures.allGone();
        continue;
      }
      const outcome = await (hasRoom ? this.#connect() : this.#nextOutcome());
      if (outcome !== null) throw outcome.error;
      // Also when it was lost right away: then the one who listens to that decides.
      return;
    }
  }

  /** How many more connects may begin. Connections on their way out count: the server still has them. */
  #room(): number {
    const { sizing, openCount, departures } = this.#options;
    return sizing.room(openCount() + departures.count, this.#connectingCount);
  }

  /** Never rejects: most connects have nobody who waits for this very one. */
  async #connect(): Promise<ConnectOutcome> {
    this.#connectingCount += 1;
    const outcome = await this.#open();
    for (const tell of this.#outcomeListeners.splice(0)) tell(outcome);
    return outcome;
  }

  async #open(): Promise<ConnectOutcome> {
    let connection: SqlConnection;
    try {
      connection = await this.#options.open();
    } catch (error) {
      this.#connectingCount -= 1;
      this.#failed(error);
      return { error };
    }
    this.#connectingCount -= 1;
    this.#lastError = null;
    this.#isEmptied = false;
    this.#options.onOpened(connection);
    return null;
  }

  #failed(error: unknown): void {
    const { sizing, openCount, logger, onFailed } = this.#options;
    this.#lastError = error;
    if (openCount() === 0) this.#isEmptied = true;
    sizing.connectFailed(error, openCount(), this.#connectingCount);
    logger.debug('a connect failed', { code: isAppError(error) ? error.code : 'INTERNAL' });
    onFailed(error);
  }

  #nextOutcome(): Promise<ConnectOutcome> {
    return new Promise((resolve) => this.#outcomeListeners.push(resolve));
  }
}
