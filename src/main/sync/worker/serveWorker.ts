import { toErrorDto } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import { systemClock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { redactText } from '../../observability/log/redact.ts';
import { defaultTimings, type QueueTimings } from '../queue/queueTimings.ts';
import { readWorkerKey } from '../queue/WorkerKey.ts';
import { LeasedPermits } from './LeasedPermits.ts';
import { type ExecuteRun, PipelineWorker } from './PipelineWorker.ts';
import { type FromWorker, type StartWorker, toWorkerSchema } from './workerMessages.ts';

/** The way to the app, be it Electron's or Node's. */
export interface WorkerPort {
  post(message: FromWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The app is gone. */
  onClose(listener: () => void): void;
}

/** How long runs may take to come to a checkpoint when the app is gone. */
const orphanMs = 3_000;

/** Runs a worker as the app at the other end of the port says, and ends the process with it. */
export function serveWorker(
  port: WorkerPort,
  execute: ExecuteRun,
  timings: QueueTimings = defaultTimings,
): void {
  let worker: PipelineWorker | null = null;
  const permits = new LeasedPermits((message) => port.post(message));
  const leave = (deadlineMs: number): void => {
    void (worker?.close(deadlineMs) ?? Promise.resolve()).finally(() => process.exit(0));
  };
  port.onMessage((message) => {
    const parsed = toWorkerSchema.safeParse(message);
    // Whoever is at the other end is not our app.
    if (!parsed.success) leave(0);
    else if (parsed.data.type === 'stop') leave(parsed.data.deadlineMs);
    else if (parsed.data.type === 'concurrency') worker?.setConcurrency(parsed.data.count);
    else if (parsed.data.type === 'lease') permits.hear(parsed.data);
    else if (worker === null) {
      worker = workerOf(parsed.data, port, permits, execute, timings);
      void worker.start(neverAborted).then(() => port.post({ type: 'ready' }));
    }
  });
  port.onClose(() => leave(orphanMs));
}

function workerOf(
  start: StartWorker,
  port: WorkerPort,
  permits: LeasedPermits,
  execute: ExecuteRun,
  timings: QueueTimings,
): PipelineWorker {
  const { store, key, name, concurrency } = start;
  return new PipelineWorker({
    ...{ store, key: readWorkerKey(key), name, concurrency, execute, timings, permits },
    onSecret: (secret) => port.post({ type: 'secret', ...secret }),
    onTraced: (runId, steps) => port.post({ type: 'trace', runId, steps: [...steps] }),
    clock: systemClock,
    logger: portLogger(port),
  });
}

/** Sends lines to the app's log: messages, which are constant, and codes of errors. */
function portLogger(port: Pick<WorkerPort, 'post'>): Logger {
  const line = (level: Extract<FromWorker, { type: 'log' }>['level']) => {
    return (message: string, _fields?: unknown, error?: unknown) => {
      const code = error === undefined ? null : toErrorDto(error, null).code;
      port.post({ type: 'log', level, message: redactText(message).slice(0, 500), code });
    };
  };
  const logger: Logger = {
    ...{ error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') },
    scope: () => logger,
  };
  return logger;
}
