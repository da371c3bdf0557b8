import type { LexicalModes } from '../../shared/sql/SqlLanguage.ts';
import { isAppError } from '../base/AppError.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type {
  ExamineOptions,
  QueryOptions,
  QueryResult,
  RunOptions,
  SqlConnection,
  Statement,
} from '../connectors/Connection.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { StatementStream } from '../connectors/RowStream.ts';
import { speaksSql } from '../connectors/speaksSql.ts';
import type { SourceMetrics } from '../observability/SourceMetrics.ts';
import type { ConnectSession } from './ConnectionOpener.ts';
import { connectWithDeadline } from './connectWithDeadline.ts';
import { MeteredStatementStream } from './MeteredRowStream.ts';
import { requestMeter } from './requestMeter.ts';
import type { MeasuredStatement, StatementMeter } from './StatementMeter.ts';

/** A connection that records each statement, with its duration, purpose and outcome. Everything else is passed on. */
export class MeteredConnection implements SqlConnection {
  readonly #inner: SqlConnection;
  readonly #meter: StatementMeter;

  constructor(inner: SqlConnection, meter: StatementMeter) {
    this.#inner = inner;
    this.#meter = meter;
  }

  get backendId(): number | null {
    return this.#inner.backendId;
  }

  get tls(): SqlConnection['tls'] {
    return this.#inner.tls;
  }

  get reached(): string | undefined {
    return this.#inner.reached;
  }

  get server(): SqlConnection['server'] {
    return this.#inner.server;
  }

  examineServer(options: ExamineOptions): Promise<void> {
    return this.#inner.examineServer(options);
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
    const open = (sent: Statement) => this.#inner.run(sent, options);
    return purpose === 'part'
      ? open(statement)
      : MeteredStatementStream.ofStatement(open, purpose, statement, this.#meter);
  }

  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const { purpose = 'user' } = options;
    if (purpose === 'part') return this.#inner.query(statement, options);
    return this.#measured(
      purpose,
      statement,
      (measured) => this.#inner.query(measured.marked(statement), options),
      rowCountOf,
    );
  }

  lexicalModes(options: QueryOptions): Promise<LexicalModes> {
    return this.#inner.lexicalModes(options);
  }

  ping(options: QueryOptions): Promise<void> {
    return this.#measured(
      'health',
      null,
      () => this.#inner.ping(options),
      () => 0,
    );
  }

  /** One promise on top of the inner one and no async function: this is on the way of every statement. */
  #measured<Value>(
    purpose: StatementPurpose,
    statement: Statement | null,
    work: (measured: MeasuredStatement) => Promise<Value>,
    rowsOf: (value: Value) => number,
  ): Promise<Value> {
    const { clock } = this.#meter;
    const startedMs = clock.monotonicMs();
    const measured = this.#meter.begin(purpose, statement);
    return work(measured).then(
      (value) => {
        measured.rowCount = rowsOf(value);
        measured.succeeded(clock.monotonicMs() - startedMs);
        return value;
      },
      (error: unknown) => {
        measured.failed(clock.monotonicMs() - startedMs, error);
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

const rowCountOf = ({ rowCount, rows }: QueryResult): number => rowCount ?? rows.length;

export interface MeteredConnectOptions {
  readonly factory: Pick<ConnectionFactory, 'connect'>;
  readonly meter: StatementMeter;
  readonly metrics: SourceMetrics;
}

/**
 * Opens sessions that record what happens to them; how each attempt to open one ended is recorded too. What sends no
 * statements measures its requests by itself.
 */
export function meteredConnect({ factory, meter, metrics }: MeteredConnectOptions): ConnectSession {
  const { clock, sourceId } = meter;
  return async (target, signal) => {
    try {
      const requests = requestMeter(meter, metrics);
      const connection = await connectWithDeadline(factory, target, clock, { signal, sourceId, requests });
      metrics.connect('ok');
      return speaksSql(connection) ? new MeteredConnection(connection, meter) : connection;
    } catch (error) {
      metrics.connect(isAppError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  };
}
