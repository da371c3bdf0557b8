import { isAppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../connectors/Connector.ts';

/** Told about each statement: how long it took and `ok` or its error code. */
export interface QueryRecorder {
  query(durationMs: number, outcome: string): void;
}

/** A connection that tells how long each statement took. Everything else is passed on. */
export class MeteredConnection implements Connection {
  readonly #inner: Connection;
  readonly #clock: Clock;
  readonly #recorder: QueryRecorder;

  constructor(inner: Connection, clock: Clock, recorder: QueryRecorder) {
    this.#inner = inner;
    this.#clock = clock;
    this.#recorder = recorder;
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

  /** One promise on top of the inner one and no async function: this is on the way of every statement. */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const startedMs = this.#clock.monotonicMs();
    return this.#inner.query(statement, options).then(
      (result) => {
        this.#recorder.query(this.#clock.monotonicMs() - startedMs, 'ok');
        return result;
      },
      (error: unknown) => {
        const outcome = isAppError(error) ? error.code : 'INTERNAL';
        this.#recorder.query(this.#clock.monotonicMs() - startedMs, outcome);
        throw error;
      },
    );
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
