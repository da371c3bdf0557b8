import type { Clock } from '../../base/Clock.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import { cancelPatienceMs } from './poolOptions.ts';

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

  /** Says goodbye to the server; what still runs there is cancelled first. */
  dismiss(connection: SqlConnection): void {
    this.#follow(this.#stop(connection).then(() => connection.close()));
  }

  /** Cancels what runs, then drops the socket. */
  cut(connection: SqlConnection): void {
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
  #stop(connection: SqlConnection): Promise<void> {
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
