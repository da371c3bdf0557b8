import { afterAll, onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { runPipeline } from '../../../src/main/sync/copy/PipelineRun.ts';
import type { RunParts } from '../../../src/main/sync/copy/RunParts.ts';
import type { RunRequest, RunResult, TakenRun } from '../../../src/main/sync/queue/RunQueue.ts';
import type { BundledSource, RunBundle } from '../../../src/main/sync/queue/runBundle.ts';
import type { DataSourceFields } from '../../../src/shared/model/dataSource.ts';
import type { Pipeline } from '../../../src/shared/model/pipelines.ts';
import type { RunProgress } from '../../../src/shared/model/runs.ts';
import { realRunParts } from '../../support/nodeWorkerPort.ts';
import { fieldsFor, type ServerAddress } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { somePipeline as copyingPipeline } from '../../support/somePipeline.ts';

export const sourceId = '00000000-0000-4000-8000-000000000001';

export const bundledSource = (
  fields: Pick<DataSourceFields, 'engine' | 'timeouts'>,
  secrets: Record<string, string> = {},
  id = sourceId,
): BundledSource => ({
  ...{ id, name: 'Test', engine: fields.engine, readOnly: false, timeouts: fields.timeouts },
  ...{ secrets, maxConnections: 4 },
});

/** A pipeline that copies everything from one table to another one of the same schema. */
export const somePipeline = (from: string, to: string, changes: Partial<Pipeline> = {}): Pipeline =>
  copyingPipeline(
    { from: sourceId, to: sourceId },
    {
      source: { type: 'relation', sourceId, relation: { schema: 'public', name: from } },
      destination: tableDestination(to, 'append'),
      schedule: { type: 'manual' },
      maxAttempts: 1,
      ...changes,
    },
  );

export const tableDestination = (
  name: string,
  mode: 'append' | 'overwrite' | 'upsert' | 'mirror',
  key: string[] = [],
): Pipeline['destination'] => ({
  ...{ type: 'table', sourceId, table: { schema: 'public', name }, mode, key },
});

/** What a run has said, beside its result. */
export interface ExecutedRun {
  readonly result: RunResult;
  readonly log: readonly string[];
  readonly progress: readonly RunProgress[];
}

/** Runs pipelines as a worker does, without a queue. */
export class RunUnderTest {
  readonly #sources: readonly BundledSource[];
  readonly #parts: RunParts;
  readonly #pipelineId = crypto.randomUUID();
  #position: string | null = null;

  constructor(sources: readonly BundledSource[], parts: RunParts = realRunParts()) {
    this.#sources = sources;
    this.#parts = parts;
  }

  bundle(pipeline: Pipeline, changes: Partial<RunBundle> = {}): RunBundle {
    return {
      ...{ runId: crypto.randomUUID(), pipelineId: this.#pipelineId, pipeline, sources: [...this.#sources] },
      ...{
        position: this.#position,
        continues: [],
        again: false,
        namedAt: Date.UTC(2026, 10, 30),
        timeZone: 'UTC',
      },
      maskKey: Buffer.alloc(32, 1).toString('base64'),
      rejectsFolder: '/nowhere',
      ...changes,
    };
  }

  async run(
    pipeline: Pipeline,
    changes: Partial<RunBundle> = {},
    taken: Partial<TakenRun> = {},
  ): Promise<ExecutedRun> {
    const bundle = this.bundle(pipeline, changes);
    const log: string[] = [];
    const progress: RunProgress[] = [];
    const result = await runPipeline(
      bundle,
      {
        run: { id: bundle.runId, pipelineId: bundle.pipelineId, sealed: '', maxAttempts: 1 },
        ...{ attempt: 1, signal: neverAborted, request: () => null, isOwned: async () => true },
        progress: (each) => void progress.push(each),
        log: (_level, text) => void log.push(text),
        ...taken,
      },
      this.#parts,
    );
    this.#position = result.position;
    return { result, log, progress };
  }
}

/** What a worker is told when somebody asks for something. */
export function askable() {
  const controller = new AbortController();
  let asked: RunRequest | null = null;
  return {
    taken: { signal: controller.signal, request: () => asked },
    ask(request: RunRequest): void {
      asked = request;
      controller.abort();
    },
  };
}

/** A database for the tests of a file, gone after them. Of the shared server, whose other tests look at what is in it. */
export async function ownDatabase(
  server: ServerAddress & { readonly password: string },
): Promise<DataSourceFields> {
  const database = `runs_${crypto.randomUUID().slice(0, 8)}`;
  const { password } = server;
  const change = async (text: string): Promise<void> => {
    const session = await openSession(fieldsFor(server), { password });
    await session.query({ text }, { signal: neverAborted });
    await session.close();
  };
  await change(`CREATE DATABASE ${database}`);
  afterAll(() => change(`DROP DATABASE ${database} WITH (FORCE)`));
  return fieldsFor({ ...server, database });
}

/** A session to prepare and look at tables with. */
export async function tester(fields: DataSourceFields, password: string) {
  const session: SqlConnection = await openSession(fields, { password });
  onTestFinished(() => session.close());
  return {
    session,
    async run(...statements: readonly string[]): Promise<void> {
      for (const text of statements) await session.query({ text }, { signal: neverAborted });
    },
    async rows(text: string): Promise<readonly (readonly (string | null)[])[]> {
      return (await session.query({ text }, { signal: neverAborted })).rows;
    },
  };
}
