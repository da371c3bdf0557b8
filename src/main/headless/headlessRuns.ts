import { isAppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { Logger } from '../observability/Logger.ts';
import { openParts } from '../sync/copy/openParts.ts';
import { runPipeline } from '../sync/copy/PipelineRun.ts';
import type { ExecuteRun } from '../sync/worker/PipelineWorker.ts';
import { onThisComputer } from './onThisComputer.ts';

export interface HeadlessRunOptions {
  /** Where files go; null: nowhere. */
  readonly filesFolder: string | null;
  /** As the app shows it. */
  readonly workerName: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Executes runs far from their app. The log has their ids, times and codes of errors; what they copy is not in it. */
export function headlessRuns({ filesFolder, workerName, clock, logger }: HeadlessRunOptions): ExecuteRun {
  const factory = new ConnectionFactory(clock);
  return async (bundle, taken, { replaceSecret }) => {
    const run = { run: bundle.runId, pipeline: bundle.pipelineId, attempt: taken.attempt };
    const startMs = clock.monotonicMs();
    const ended = (outcome: string, code: string | null = null): void =>
      logger.info('A run has ended', { ...run, outcome, code, durationMs: clock.monotonicMs() - startMs });
    logger.info('A run has begun', run);
    try {
      const here = onThisComputer(bundle, filesFolder);
      if (here.pipeline.destination.type === 'file') {
        taken.log('info', `The file goes to the folder of the worker “${workerName}”, on its computer.`);
      }
      const parts = openParts({
        ...{ factory, clock, applicationName: 'Mooring', followsLinks: false },
        replaceSecret: async (source, field, value) => {
          await replaceSecret(source, field, value);
          taken.log('warn', staleText(source.name, workerName));
        },
      });
      const result = await runPipeline(here, taken, parts);
      ended('succeeded');
      return result;
    } catch (error) {
      ended(taken.signal.aborted ? 'stopped' : 'failed', isAppError(error) ? error.code : 'INTERNAL');
      throw error;
    }
  };
}

/** The app cannot be told the new one: the queue is no way for secrets. */
const staleText = (source: string, worker: string): string =>
  `“${source}” has replaced a secret. The worker “${worker}” keeps the new one until it ends; the app and other workers have the old one, with which they may not get in.`;
