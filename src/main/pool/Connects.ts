import type { Connection } from '../connectors/Connector.ts';

/** How a connect ended: `null` when it was granted. */
export type ConnectOutcome = { readonly error: unknown } | null;

export interface ConnectsOptions {
  readonly open: () => Promise<Connection>;
  /** Called when a connect was granted, when it no longer counts as on its way. */
  readonly onOpened: (connection: Connection) => void;
  readonly onFailed: (error: unknown) => void;
}

/** The connects on their way. Most have nobody who waits for this very one. */
export class Connects {
  readonly #options: ConnectsOptions;
  readonly #outcomeListeners: ((outcome: ConnectOutcome) => void)[] = [];
  #count = 0;
  #lastError: unknown = null;

  constructor(options: ConnectsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#count;
  }

  /** Why the last connect failed; null when it was granted. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Never rejects. */
  async begin(): Promise<ConnectOutcome> {
    this.#count += 1;
    const outcome = await this.#open();
    for (const tell of this.#outcomeListeners.splice(0)) tell(outcome);
    return outcome;
  }

  /** How the next one ends. */
  next(): Promise<ConnectOutcome> {
    return new Promise((resolve) => this.#outcomeListeners.push(resolve));
  }

  async #open(): Promise<ConnectOutcome> {
    let connection: Connection;
    try {
      connection = await this.#options.open();
    } catch (error) {
      this.#count -= 1;
      this.#lastError = error;
      this.#options.onFailed(error);
      return { error };
    }
    this.#count -= 1;
    this.#lastError = null;
    this.#options.onOpened(connection);
    return null;
  }
}
