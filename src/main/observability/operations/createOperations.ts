import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../Logger.ts';
import { Traces } from '../tracing/Traces.ts';
import { OperationCounts } from './OperationCounts.ts';
import { OperationLog } from './OperationLog.ts';
import { Operations } from './Operations.ts';
import { RecentOperations } from './RecentOperations.ts';

/** The instrumentation of a run of the app, and who subscribes to it from the first moment. */
export function createOperations(clock: Clock, logger: Logger) {
  const recent = new RecentOperations();
  const counts = new OperationCounts();
  const traces = new Traces();
  const subscribers = [recent, counts, new OperationLog(logger)];
  return { instrumentation: new Operations(clock, traces, subscribers), recent, counts, traces };
}

export type AppOperations = ReturnType<typeof createOperations>;
