import type { LexicalModes } from '../../shared/sql/SqlLanguage.ts';
import { isAppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Disposable } from '../base/Emitter.ts';
import {
  type EndedStatement,
  outcomeOf,
  type StatementOutcome,
  type StatementPurpose,
  type StatementRecorder,
} from '../base/statementKinds.ts';
import type {
  QueryOptions,
  QueryResult,
  RunOptions,
  SqlConnection,
  Statement,
} from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { StatementStream } from '../connectors/RowStream.ts';
import type { SourceMetrics } from '../observability/SourceMetrics.ts';
import type { ConnectSession } from './ConnectionOpener.ts';
import { connectWithDeadline } from './connectWithDeadline.ts';
import { endOf, MeteredStatementStream } from './MeteredRowStream.ts';

/** A connection that records each statement, with its duration, purpose and outcome. Everything else is passed on. */
export class MeteredConnection implements SqlConnection {
  readonly #inner: SqlConnection;
  readonly #clock: Clock;
  readonly #recorder: StatementRecorder;

  constructor(inner: SqlConnection, clock: Clock, recorder: StatementRecorder) {
    this.#inner = inner;
    this.#clock = clock;
    this.#recorder = recorder;
  }

  get backendId(): number | null {
    return this.#inner.backendId;
  }

  get tls(): SqlConnection['tls'] {
    return this.#inner.tls;
  }

  get isUsable(): boolean {
    return this.#inner.isUsable;
  }

  get isInTransaction(): boolean {
    return this.#inner.isInTransaction;
  }

  get isTransactionFailed(): boolean {
    return this.#inner.isTransactionFailed;
  }

  get isBusy(): boolean {
    return this.#inner.isBusy;
  }

  onClosed(listener: Parameters<SqlConnection['onClosed']>[0]): Disposable {
    return this.#inner.onClosed(listener);
  }

  onMessage(listener: Parameters<SqlConnection['onMessage']>[0]): Disposable {
    return this.#inner.onMessage(listener);
  }

  /** Recorded as one statement when its stream ends: with the time in which rows were waited for. */
  run(statement: Statement, options: RunOptions): Promise<StatementStream> {
    const { purpose = 'user' } = options;
    const open = () => this.#inner.run(statement, options);
    if (purpose === 'part') return open();
    return MeteredStatementStream.ofStatement(open, { purpose, statement }, this.#clock, this.#recorder);
  }

  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const { purpose = 'user' } = options;
    if (purpose === 'part') return this.#inner.query(statement, options);
    const startedMs = this.#clock.monotonicMs();
    const running = this.#inner.query(statement, options);
    if (purpose !== 'user') return this.#recorded(running, startedMs, purpose);
    return this.#recorded(running, startedMs, purpose, (result, error) =>
      endOf(statement, result === null ? 0 : (result.rowCount ?? result.rows.length), error),
    );
  }

  lexicalModes(options: QueryOptions): Promise<LexicalModes> {
    return this.#inner.lexicalModes(options);
  }

  ping(options: QueryOptions): Promise<void> {
    const startedMs = this.#clock.monotonicMs();
    return this.#recorded(this.#inner.ping(options), startedMs, 'health');
  }

  /** One promise on top of the inner one and no async function: this is on the way of every statement. */
  #recorded<Value>(
    running: Promise<Value>,
    startedMs: number,
    purpose: StatementPurpose,
    ended?: (result: Value | null, error: unknown) => EndedStatement,
  ): Promise<Value> {
    const record = (outcome: StatementOutcome, result: Value | null, error: unknown) =>
      this.#recorder.statement(
        this.#clock.monotonicMs() - startedMs,
        purpose,
        outcome,
        ended?.(result, error),
      );
    return running.then(
      (result) => {
        record('ok', result, null);
        return result;
      },
      (error: unknown) => {
        record(outcomeOf(error), null, error);
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

/**
 * Opens sessions that record what happens to them; how each attempt to open one ended is recorded too.
 * @param statistics hears of each statement beside the metrics
 */
export function meteredConnect(
  factory: Pick<ConnectionFactory, 'connect'>,
  clock: Clock,
  metrics: SourceMetrics,
  statistics?: StatementRecorder,
): ConnectSession {
  const recorder = statistics === undefined ? metrics : inBoth(metrics, statistics);
  return async (target, signal) => {
    try {
      const connection = await connectWithDeadline(factory, target, clock, { signal });
      metrics.connect('ok');
      return new MeteredConnection(connection, clock, recorder);
    } catch (error) {
      metrics.connect(isAppError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  };
}

const inBoth = (one: StatementRecorder, other: StatementRecorder): StatementRecorder => ({
  statement: (durationMs, purpose, outcome, ended) => {
    one.statement(durationMs, purpose, outcome, ended);
    other.statement(durationMs, purpose, outcome, ended);
  },
});
