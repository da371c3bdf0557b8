/** Executes one run of a pipeline that is described on stdin, and says on stdout what it took. */
import { randomBytes, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { openParts } from '../../src/main/sync/copy/openParts.ts';
import { runPipeline } from '../../src/main/sync/copy/PipelineRun.ts';
import type { TakenRun } from '../../src/main/sync/queue/RunQueue.ts';
import type { RunBundle } from '../../src/main/sync/queue/runBundle.ts';
import type { EngineConfigs } from '../../src/shared/engines/settings.ts';
import type { Pipeline } from '../../src/shared/model/pipelines.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { timed } from './figures.ts';

export interface RunOrder {
  readonly pipeline: Pipeline;
  readonly sourceId: string;
  readonly config: EngineConfigs['postgres'];
  readonly password: string;
  readonly again: boolean;
  readonly folder: string;
  /** Whether the pipeline has run a moment ago in this process, and this is about the run after that. */
  readonly isRepeated: boolean;
}

export interface RunFigures {
  readonly tookMs: number;
  readonly peakBytes: number;
}

const order = JSON.parse(await text(process.stdin)) as RunOrder;
const parts = openParts({ factory: new ConnectionFactory(clock), clock, applicationName: 'Mooring bench' });
const pipelineId = '00000000-0000-4000-8000-0000000000b1';

async function run(): Promise<RunFigures> {
  const runId = randomUUID();
  const bundle: RunBundle = {
    ...{ runId, pipelineId, pipeline: order.pipeline, position: null, again: order.again },
    sources: [
      {
        ...{ id: order.sourceId, name: 'bench', readOnly: false, maxConnections: 4 },
        engine: { kind: 'postgres', config: order.config },
        timeouts: { ...defaultTimeoutSettings, queryMs: 600_000 },
        secrets: { password: order.password },
      },
    ],
    ...{ namedAt: Date.now(), timeZone: 'UTC', maskKey: randomBytes(32).toString('base64') },
    rejectsFolder: order.folder,
  };
  const taken: TakenRun = {
    run: { id: runId, pipelineId, sealed: '', maxAttempts: 1 },
    ...{ attempt: 1, signal: neverAborted, request: () => null, isOwned: async () => true },
    progress: () => undefined,
    log: () => undefined,
  };
  let peakBytes = process.memoryUsage().rss;
  const sampling = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
  }, 20);
  const tookMs = await timed(async () => {
    await runPipeline(bundle, taken, parts);
  });
  clearInterval(sampling);
  return { tookMs, peakBytes };
}

const first = await run();
const figures = order.isRepeated ? await run() : first;
process.stdout.write(JSON.stringify(figures));
