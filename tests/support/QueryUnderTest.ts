import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { InputBreak } from '../../src/main/base/async/InputBreak.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import { type LogFields, silentLogger } from '../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../src/main/observability/MetricsCollector.ts';
import { History } from '../../src/main/query/History.ts';
import { QueryRunner } from '../../src/main/query/runs/QueryRunner.ts';
import { DialogFiles } from '../../src/main/results/files/DialogFiles.ts';
import { SpooledResults } from '../../src/main/results/SpooledResults.ts';
import { SpoolFolder } from '../../src/main/results/spool/SpoolFolder.ts';
import { ConnectionManager } from '../../src/main/sessions/ConnectionManager.ts';
import { SqliteHistoryRepository } from '../../src/main/store/SqliteHistoryRepository.ts';
import { sqlLanguageOf } from '../../src/shared/engines/sqlLanguages.ts';
import type { DataSource } from '../../src/shared/model/dataSource.ts';
import type { RunInput, RunMessage, SessionEvent } from '../../src/shared/model/query.ts';
import type { LexicalModes } from '../../src/shared/sql/SqlLanguage.ts';
import { type DataSourceOverrides, edited, someDataSource, someMysqlConfig } from './dataSources.ts';
import { MemoryResultFiles } from './MemoryResultFiles.ts';
import { someTarget } from './someTarget.ts';
import { openTestStore, temporaryFolder } from './testStore.ts';

/** Results are not saved here. */
const noFiles = new DialogFiles({
  dialogs: { chooseSource: async () => null, chooseTarget: async () => null },
  clock,
});

type Messages<Type extends RunMessage['type']> = Extract<RunMessage, { type: Type }>[];

/** Everything that statements of tabs need, over the shared servers; all but the dialogs is real. */
export class QueryUnderTest {
  readonly query: QueryRunner;
  readonly manager: ConnectionManager;
  readonly results: SpooledResults;
  readonly history: History;
  readonly files = new MemoryResultFiles();
  /** What happened to sessions while nothing ran. */
  readonly events: SessionEvent[] = [];
  readonly warnings: LogFields[] = [];
  /** As it is saved now. */
  source: DataSource;

  private constructor(source: DataSource, password: string) {
    this.source = source;
    const find = () => this.source;
    const logger = {
      ...silentLogger,
      warn: (_: string, fields?: LogFields) => this.warnings.push(fields ?? {}),
    };
    const target = (saved: DataSource) =>
      someTarget(saved, { secret: async () => password, applicationName: 'query-test' });
    this.manager = new ConnectionManager({
      factory: new ConnectionFactory(clock),
      targets: { forDataSource: async (saved) => target(saved), forDraft: () => Promise.reject(new Error()) },
      repository: { find },
      metrics: new MetricsCollector(clock),
      clock,
      logger,
      random: () => 0.5,
    });
    const folder = temporaryFolder();
    const spool = new SpoolFolder(join(folder, 'results'));
    this.results = new SpooledResults({
      folder: spool,
      files: noFiles,
      inputBreak: new InputBreak(clock),
      clock,
      clipboard: { copyText: async () => undefined },
      quotingOf: () => null,
    });
    const repository = new SqliteHistoryRepository(openTestStore());
    this.history = new History({ repository, clock, logger });
    const { files, history, manager, results } = this;
    this.query = new QueryRunner({
      ...{ manager, dataSources: { find }, languageOf: sqlLanguageOf, results, files, history, clock },
    });
    this.query.onSession.on((event) => this.events.push(event));
    onTestFinished(async () => {
      await this.query.stop();
      await this.manager.close(1_000);
      await this.results.close();
    });
  }

  static postgres(overrides: DataSourceOverrides = {}): QueryUnderTest {
    const { database, host, password, port, user } = inject('postgres');
    return new QueryUnderTest(someDataSource({ host, port, user, database, ...overrides }), password);
  }

  /** In a database of these tests. */
  static async mariadb(
    overrides: DataSourceOverrides = {},
    { host, password, port, user } = inject('mariadb'),
  ): Promise<QueryUnderTest> {
    const database = 'query_under_test';
    const config = someMysqlConfig({ host, port, user, database: null });
    const anywhere = edited(someDataSource(), { engine: { kind: 'mysql', config } });
    const run = new QueryUnderTest(anywhere, password);
    await run.ask(`CREATE DATABASE IF NOT EXISTS ${database}`);
    const engine = { kind: 'mysql', config: { ...config, database } } as const;
    return new QueryUnderTest(edited(someDataSource(), { engine, ...overrides }), password);
  }

  tab(): TabUnderTest {
    return new TabUnderTest(this);
  }

  /** What the server says outside of any tab. */
  async ask(text: string): Promise<readonly (readonly (string | null)[])[]> {
    const options = { signal: neverAborted };
    return this.manager.withConnection(
      this.source.id,
      neverAborted,
      async (connection) => (await requireSql(connection).query({ text }, options)).rows,
    );
  }
}

/** A tab of the window, in which a person runs scripts. */
export class TabUnderTest {
  readonly id = randomUUID();
  readonly #under: QueryUnderTest;
  /** Messages of all runs so far, also of one that is under way. */
  readonly seen: RunMessage[] = [];

  constructor(under: QueryUnderTest) {
    this.#under = under;
  }

  /** Runs a script, split as the editor splits it for a session of such modes; resolves with all messages when it has ended. */
  async run(
    script: string,
    { modes = null, ...input }: Partial<RunInput> & { readonly modes?: LexicalModes | null } = {},
    signal = neverAborted,
  ): Promise<RanScript> {
    const { source } = this.#under;
    const usual = sqlLanguageOf(source.engine.kind);
    const language = modes === null ? usual : usual.inModes(modes);
    const statements = language.statements(script).map(({ data, from, to, modes: read }) => ({
      text: script.slice(from, to),
      modes: read,
      data: data === null ? null : script.slice(data.from, data.to),
    }));
    const whole: RunInput = {
      ...{ tabId: this.id, sourceId: source.id, statements, parameters: [] },
      ...{ onError: 'stop', commit: 'auto', timeoutMs: null, rowLimit: null },
      acceptedRisks: ['every-row', 'drop'],
      ...input,
    };
    const messages: RunMessage[] = [];
    for await (const batch of this.#under.query.run(whole, signal)) {
      messages.push(...batch);
      this.seen.push(...batch);
    }
    return new RanScript(messages, this.#under.results);
  }

  /** The first value of the first result. */
  async value(script: string): Promise<unknown> {
    const [row] = await (await this.run(script)).rows(0);
    return row?.[0];
  }

  cancel(): Promise<void> {
    return this.#under.query.cancel(this.id);
  }

  close(): Promise<void> {
    return this.#under.query.close(this.id);
  }
}

/** What a run reported. */
export class RanScript {
  readonly messages: readonly RunMessage[];
  readonly #results: SpooledResults;

  constructor(messages: readonly RunMessage[], results: SpooledResults) {
    this.messages = messages;
    this.#results = results;
  }

  of<Type extends RunMessage['type']>(type: Type): Messages<Type> {
    return this.messages.filter((message) => message.type === type) as Messages<Type>;
  }

  /** Types with the number of their statement, without what depends on time: `started 0`, `failed 1`. */
  get outline(): readonly string[] {
    const steps = this.messages.filter(({ type }) => ['started', 'result', 'ended', 'failed'].includes(type));
    return steps.map((message) => `${message.type} ${'index' in message ? message.index : ''}`);
  }

  /** The session as it was reported last. */
  get session() {
    return this.of('session').at(-1)?.session ?? null;
  }

  /** The first rows of the result with this number, over all statements. */
  async rows(number: number): Promise<readonly (readonly unknown[])[]> {
    const result = this.of('result')[number];
    if (result === undefined)
      throw new Error(`There is no result ${number}: ${JSON.stringify(this.messages)}`);
    const { columns, resultId } = result;
    const window = await this.#results.window({
      ...{ resultId, viewId: null, fromRow: 0, rowCount: 100, fromColumn: 0 },
      columnCount: Math.max(columns.length, 1),
    });
    return window.rows;
  }
}
