import type { Connection } from '../connectors/Connection.ts';
import { poolClosedError } from './pool/poolErrors.ts';

/**
 * Connections of a data source that are not in its pool: each belongs to whoever opened it, until that one closes it or
 * the data source ends.
 */
export class BesideConnections {
  readonly #open = new Set<Connection>();
  readonly #closing = new AbortController();

  get open(): Iterable<Connection> {
    return this.#open;
  }

  /** @throws POOL_CLOSED, or why it could not be opened */
  async add(open: (signal: AbortSignal) => Promise<Connection>, signal: AbortSignal): Promise<Connection> {
    const connection = await open(AbortSignal.any([signal, this.#closing.signal]));
    if (this.#closing.signal.aborted) {
      connection.destroy();
      throw poolClosedError();
    }
    this.#open.add(connection);
    connection.onClosed(() => this.#open.delete(connection));
    return connection;
  }

  /** Ends what runs on them, and closes them. Never rejects. */
  async close(): Promise<void> {
    this.#closing.abort(poolClosedError());
    await Promise.all([...this.#open].map(endNow));
  }
}

async function endNow(connection: Connection): Promise<void> {
  // Nothing on it is worth waiting for.
  if (connection.isBusy) connection.destroy();
  else await connection.close();
}
