import type { Clock } from '../../base/Clock.ts';
import { Traces } from '../tracing/Traces.ts';
import { Operations } from './Operations.ts';
import { RecentOperations } from './RecentOperations.ts';

/** The instrumentation of a run of the app, and who subscribes to it from the first moment. */
export function createOperations(clock: Clock) {
  const recent = new RecentOperations();
  const traces = new Traces();
  return { instrumentation: new Operations(clock, traces, [recent]), recent, traces };
}

export type AppOperations = ReturnType<typeof createOperations>;
