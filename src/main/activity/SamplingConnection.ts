import type { DataSourceId } from '../../shared/model/ids.ts';
import { AppError, isAppError } from '../base/AppError.ts';
import { SharedWork } from '../base/async/SharedWork.ts';
import type { Connection } from '../connectors/Connection.ts';
import type { ActivityReader, ServerActivity } from '../connectors/ServerActivity.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';

/** What people who look at the server see in its list of sessions. */
const applicationName = 'Mooring activity';
/** Limit of the server for each statement of a sample. */
export const statementLimitMs = 3_000;

/** What samples are read with, and how it is given back. */
export interface SamplingSession {
  readonly connection: Connection;
  readonly activity: ServerActivity;
  readonly reader: ActivityReader;
  /** The server granted none beside the pool: it is one of the pool, which may want it back. */
  readonly isFromPool: boolean;
  readonly giveBack: () => void;
}

/**
 * The one connection with which the sessions of a server are watched. It has a name of its own and a short time limit, and
 * stands beside the pool: what keeps the pool busy is what people want to see. Where the server grants no further one, a
 * connection of the pool is kept for it, until somebody waits for that.
 */
export class SamplingConnection {
  readonly #id: DataSourceId;
  readonly #manager: ConnectionManager;
  #session: SamplingSession | null = null;
  readonly #opening = new SharedWork<SamplingSession>((signal) => this.#open(signal));
  #useCount = 0;
  #isRecalled = false;

  constructor(id: DataSourceId, manager: ConnectionManager) {
    this.#id = id;
    this.#manager = manager;
  }

  /** Runs work with the connection, opening it first if need be. @throws why there is none */
  async use<Value>(signal: AbortSignal, work: (session: SamplingSession) => Promise<Value>): Promise<Value> {
    this.#useCount += 1;
    try {
      return await work(await this.#current(signal));
    } finally {
      this.#useCount -= 1;
      if (this.#isRecalled && this.#useCount === 0) this.close();
    }
  }

  /** Gives the connection back. It can be used again. */
  close(): void {
    this.#isRecalled = false;
    this.#session?.giveBack();
    this.#session = null;
  }

  async #current(signal: AbortSignal): Promise<SamplingSession> {
    if (this.#session?.connection.isUsable === true) return this.#session;
    this.close();
    return this.#opening.join(signal);
  }

  async #open(signal: AbortSignal): Promise<SamplingSession> {
    this.#session = await this.#openBeside(signal);
    return this.#session;
  }

  async #openBeside(signal: AbortSignal): Promise<SamplingSession> {
    const change = { applicationName, timeouts: { queryMs: statementLimitMs } };
    try {
      const connection = await this.#manager.openBeside(this.#id, change, signal);
      return this.#sessionOn(connection, false, () => void connection.close());
    } catch (error) {
      if (!isAppError(error) || error.code !== 'TOO_MANY_CONNECTIONS') throw error;
      return this.#keepFromPool(signal);
    }
  }

  async #keepFromPool(signal: AbortSignal): Promise<SamplingSession> {
    const lease = await this.#manager.acquire(this.#id, signal);
    lease.pin(() => {
      this.#isRecalled = true;
      if (this.#useCount === 0) this.close();
    });
    return this.#sessionOn(lease.connection, true, () => lease.release());
  }

  #sessionOn(connection: Connection, isFromPool: boolean, giveBack: () => void): SamplingSession {
    const { activity } = this.#manager.connectorFor(this.#id);
    if (activity === null) {
      giveBack();
      throw new AppError('NOT_FOUND', { title: 'Servers of this kind do not show their sessions' });
    }
    return { connection, activity, reader: activity.reader(connection), isFromPool, giveBack };
  }
}
