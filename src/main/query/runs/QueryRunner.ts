import type { z } from 'zod';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type {
  RunInput,
  RunMessage,
  SessionEvent,
  saveStatementInputSchema,
} from '../../../shared/model/query.ts';
import type { SavedFile } from '../../../shared/model/results.ts';
import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import { requireDialect } from '../../connectors/speaksSql.ts';
import type { ResultFiles, Results, ResultWork } from '../../results/Results.ts';
import type { ConnectionManager, SavedDataSources } from '../../sessions/ConnectionManager.ts';
import type { History } from '../History.ts';
import type { QueryService, UnfinishedTab } from '../QueryService.ts';
import { requireValues, valuesByName } from './boundStatement.ts';
import { endTransaction } from './endTransaction.ts';
import { noTransactionError } from './queryErrors.ts';
import { RunReport } from './RunReport.ts';
import { readStatements, requireAccepted } from './risks.ts';
import type { RunContext } from './runContext.ts';
import { StatementRun } from './StatementRun.ts';
import { saveStatementRows } from './saveStatementRows.ts';
import { TabSession } from './TabSession.ts';

export interface QueryRunnerOptions {
  readonly manager: Pick<ConnectionManager, 'acquire' | 'connectorFor'>;
  readonly dataSources: SavedDataSources;
  readonly languageOf: (kind: EngineKind) => SqlLanguage;
  readonly results: Results;
  readonly files: ResultFiles;
  readonly history: History;
  readonly clock: Clock;
}

/** A tab has one session at a time, on the data source that it was run on last. */
interface Tab {
  readonly sourceId: string;
  readonly session: TabSession;
}

/** What is asked for before a run, in the words of runs and of saving. */
type RunRequest = Pick<RunInput, 'tabId' | 'sourceId' | 'statements' | 'parameters' | 'acceptedRisks'>;

/** Runs statements of people, each tab in a session of its own. */
export class QueryRunner implements QueryService {
  /** What happened to the session of a tab while nothing ran in it. */
  readonly onSession = new Emitter<SessionEvent>();
  readonly #options: QueryRunnerOptions;
  readonly #tabs = new Map<string, Tab>();
  #isStopped = false;

  constructor(options: QueryRunnerOptions) {
    this.#options = options;
  }

  /**
   * @throws before anything runs: NOT_FOUND, INVALID_INPUT, CONSENT_REQUIRED, and why there is no connection. What
   *   statements fail with is reported.
   */
  async *run(input: RunInput, signal: AbortSignal): AsyncGenerator<RunMessage[], void, void> {
    const context = await this.#checked(input);
    const report = new RunReport(this.#options.clock);
    const running = context.session
      .use(signal, (connection, stop) =>
        new StatementRun({ ...context, input, report, connection, signal: stop }).run(),
      )
      .finally(() => report.end());
    // Awaited below, unless nobody listens any more.
    running.catch(() => undefined);
    let isHeard = false;
    try {
      yield* report.batches();
      isHeard = true;
    } finally {
      if (!isHeard) void context.session.cancel();
    }
    await running;
  }

  async cancel(tabId: string): Promise<void> {
    await this.#tabs.get(tabId)?.session.cancel();
  }

  /** @throws TRANSACTION_OVER when none is open, or it could only be rolled back; TRANSACTION_LOST; what the server says */
  commit(tabId: string, signal: AbortSignal): Promise<void> {
    return this.#endTransaction(tabId, 'commit', signal);
  }

  /** @throws TRANSACTION_OVER when none is open; TRANSACTION_LOST; what the server says */
  rollback(tabId: string, signal: AbortSignal): Promise<void> {
    return this.#endTransaction(tabId, 'rollback', signal);
  }

  endSession(tabId: string): void {
    this.#tabs.get(tabId)?.session.giveUp();
  }

  /** Never rejects but for results that cannot be dropped. */
  async close(tabId: string): Promise<void> {
    const tab = this.#tabs.get(tabId);
    this.#tabs.delete(tabId);
    await tab?.session.close();
    await this.#options.results.dropAllOf(tabId);
  }

  announce(): void {
    for (const [tabId, { session }] of this.#tabs) {
      if (session.holds.length > 0) this.#publish(tabId, session);
    }
  }

  unfinished(): readonly UnfinishedTab[] {
    return [...this.#tabs.values()]
      .map(({ sourceId, session: { transaction, isRunning } }) => ({
        sourceId,
        hasTransaction: transaction !== 'none',
        isRunning,
      }))
      .filter(({ hasTransaction, isRunning }) => hasTransaction || isRunning);
  }

  /** @throws as `run`, what the statement fails with, and what the file fails with */
  async saveStatement(input: z.infer<typeof saveStatementInputSchema>, work: ResultWork): Promise<SavedFile> {
    const { modes, statement: text } = input;
    const context = await this.#checked({ ...input, statements: [{ text, modes, data: null }] });
    try {
      return await saveStatementRows(context, input, work);
    } finally {
      this.#publish(input.tabId, context.session);
    }
  }

  /** Cancels what runs and ends all sessions; nothing can be run from now on. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#tabs.values()].map(({ session }) => session.close()));
    this.#options.history.flush();
  }

  async #checked({
    tabId,
    sourceId,
    statements,
    parameters,
    acceptedRisks,
  }: RunRequest): Promise<RunContext> {
    if (this.#isStopped) throw new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
    const { clock, files, history, languageOf, manager, results } = this.#options;
    const source = this.#find(sourceId);
    const language = languageOf(source.engine.kind);
    const values = valuesByName(parameters);
    const readings = await readStatements(statements, language, clock);
    requireAccepted(readings, acceptedRisks, source);
    requireValues(readings, values);
    const dialect = requireDialect(manager.connectorFor(sourceId));
    const session = await this.#sessionOf(tabId, sourceId);
    return { source, language, dialect, session, readings, values, results, files, history, clock };
  }

  #find(sourceId: string): DataSource {
    const source = this.#options.dataSources.find(sourceId);
    if (source === null) throw new AppError('NOT_FOUND', { title: 'This data source no longer exists' });
    return source;
  }

  /** A tab that was moved to another data source leaves its session behind. */
  async #sessionOf(tabId: string, sourceId: string): Promise<TabSession> {
    const known = this.#tabs.get(tabId);
    if (known?.sourceId === sourceId) return known.session;
    const { clock, manager } = this.#options;
    const session = new TabSession({
      tabId,
      sourceId,
      acquire: (signal) => manager.acquire(sourceId, signal),
      clock,
      emit: (event) => this.onSession.emit(event),
    });
    this.#tabs.set(tabId, { sourceId, session });
    await known?.session.close();
    return session;
  }

  async #endTransaction(tabId: string, how: 'commit' | 'rollback', signal: AbortSignal): Promise<void> {
    const tab = this.#tabs.get(tabId);
    if (tab === undefined || tab.session.view === null) throw noTransactionError();
    const { session, sourceId } = tab;
    const { transactions } = requireDialect(this.#options.manager.connectorFor(sourceId));
    try {
      // Not to be cancelled by a window that goes: only the server's word tells whether it happened.
      await session.use(signal.aborted ? signal : neverAborted, (connection) =>
        endTransaction(connection, session, transactions[how], how),
      );
    } finally {
      this.#publish(tabId, session);
    }
  }

  #publish(tabId: string, session: TabSession): void {
    this.onSession.emit({ type: 'session', tabId, session: session.view });
  }
}
