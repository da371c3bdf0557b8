/**
 * Entry of mooring-worker, a program that executes runs of pipelines on any computer, under plain Node. What it can be
 * started with is in workerOptions.ts; docs/workers.md says how it is used.
 */
import { writeSync } from 'node:fs';
import { writtenLine } from '../../shared/model/log.ts';
import { isAppError } from '../base/AppError.ts';
import { systemClock } from '../base/Clock.ts';
import { FileLogger } from '../observability/log/FileLogger.ts';
import { LogLevels } from '../observability/log/LogLevels.ts';
import { HeadlessWorker } from './HeadlessWorker.ts';
import { HealthEndpoint } from './HealthEndpoint.ts';
import { readWorkerOptions, usage } from './workerOptions.ts';
import { readWorkerSettings } from './workerSettings.ts';

/** Put in by the build (vite.worker.config.ts). */
declare const WORKER_VERSION: string;

/** What ends the program, as exit codes. */
const exitCodes = { stopped: 0, failed: 1, misused: 2 } as const;
/** With what closing takes beyond it, runs are given back within 30 s. */
const stopMs = 24_000;

const logger = new FileLogger({
  levels: new LogLevels(),
  clock: systemClock,
  write: (line) => process.stdout.write(`${writtenLine(line)}\n`),
});

async function run(): Promise<void> {
  const options = readWorkerOptions(process.argv.slice(2), process.env);
  if (options.wants === 'help') return void process.stdout.write(usage);
  if (options.wants === 'version') return void process.stdout.write(`mooring-worker ${WORKER_VERSION}\n`);
  const settings = await readWorkerSettings(options, process.env);
  const worker = new HeadlessWorker({ settings, version: WORKER_VERSION, clock: systemClock, logger });
  const { healthPort } = settings;
  if (healthPort !== null) await HealthEndpoint.listen(healthPort, () => worker.health);
  stopOnSignals(worker);
  // Timers of the clock keep no process alive, and a worker without a queue has nothing else.
  setInterval(() => undefined, 60_000);
  await worker.start();
}

function stopOnSignals(worker: HeadlessWorker): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(exitCodes.failed);
    isStopping = true;
    logger.info('Stopping: runs come to a checkpoint and are given back', { signal });
    void worker.stop(stopMs).then(() => {
      logger.info('Stopped');
      process.exit(exitCodes.stopped);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Nobody knows in which state it would go on; whoever has started it starts it again. */
function fail(error: unknown): void {
  logger.error('The worker failed', {}, error);
  process.exit(exitCodes.failed);
}

process.on('unhandledRejection', fail);
process.on('uncaughtException', fail);
// Whoever read the log is gone: runs go on.
process.stdout.on('error', () => undefined);

run().catch((error: unknown) => {
  if (!isAppError(error) || error.code !== 'INVALID_INPUT') return fail(error);
  writeSync(process.stderr.fd, `mooring-worker: ${error.message}\n`);
  process.exit(exitCodes.misused);
});
