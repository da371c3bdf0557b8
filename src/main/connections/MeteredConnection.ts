import { isAppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../connectors/Connector.ts';

/** Told about each statement: how long it took and `ok` or its error code. */
export type QueryObserver = (durationMs: number, outcome: string) => void;

/** A connection that tells how long each statement took. Everything else is passed on. */
export class MeteredConnection implements Connection {
  readonly #inner: Connection;
  readonly #clock: Clock;
  readonly #observe: QueryObserver;

  constructor(inner: Connection, clock: Clock, observe: QueryObserver) {
    this.#inner = inner;
    this.#clock = clock;
    this.#observe = observe;
  }

  get backendId(): number | null {
    return this.#inner.backendId;
  }

  get tls(): Connection['tls'] {
    return this.#inner.tls;
  }

  get isUsable(): boolean {
    return this.#inner.isUsable;
  }

  get isInTransaction(): boolean {
    return this.#inner.isInTransaction;
  }

  get isBusy(): boolean {
    return this.#inner.isBusy;
  }

  onClosed(listener: Parameters<Connection['onClosed']>[0]): Disposable {
    return this.#inner.onClosed(listener);
  }

  async query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const startedMs = this.#clock.monotonicMs();
    let outcome = 'ok';
    try {
      return await this.#inner.query(statement, options);
    } catch (error) {
      outcome = isAppError(error) ? error.code : 'INTERNAL';
      throw error;
    } finally {
      this.#observe(this.#clock.monotonicMs() - startedMs, outcome);
    }
  }

  ping(options: QueryOptions): Promise<void> {
    return this.#inner.ping(options);
  }

  cancelRunning(): Promise<void> {
    return this.#inner.cancelRunning();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  destroy(): void {
    this.#inner.destroy();
  }
}
