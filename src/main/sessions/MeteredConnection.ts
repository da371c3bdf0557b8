import type { Clock } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import { outcomeOf, type StatementPurpose, type StatementRecorder } from '../base/statementKinds.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../connectors/Connector.ts';

/** A connection that records each statement, with its duration, purpose and outcome. Everything else is passed on. */
export class MeteredConnection implements Connection {
  readonly #inner: Connection;
  readonly #clock: Clock;
  readonly #recorder: StatementRecorder;

  constructor(inner: Connection, clock: Clock, recorder: StatementRecorder) {
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

  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const { purpose = 'user' } = options;
    if (purpose === 'part') return this.#inner.query(statement, options);
    const startedMs = this.#clock.monotonicMs();
    return this.#recorded(this.#inner.query(statement, options), startedMs, purpose);
  }

  ping(options: QueryOptions): Promise<void> {
    const startedMs = this.#clock.monotonicMs();
    return this.#recorded(this.#inner.ping(options), startedMs, 'health');
  }

  /** One promise on top of the inner one and no async function: this is on the way of every statement. */
  #recorded<Value>(running: Promise<Value>, startedMs: number, purpose: StatementPurpose): Promise<Value> {
    return running.then(
      (result) => {
        this.#recorder.statement(this.#clock.monotonicMs() - startedMs, purpose, 'ok');
        return result;
      },
      (error: unknown) => {
        this.#recorder.statement(this.#clock.monotonicMs() - startedMs, purpose, outcomeOf(error));
        throw error;
      },
    );
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
