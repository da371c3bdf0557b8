import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';

/** One step of closing the app. Steps run in order; one that hangs or fails does not keep the next from running. */
export interface ShutdownStep {
  readonly name: string;
  /** Longest time it may take, in milliseconds. */
  readonly limitMs: number;
  run(): Promise<void> | void;
}

/** What `createX` gives of a feature that has something to begin or to end, beside what it offers. */
export interface Feature {
  /** Begins what runs by itself; nothing else is awaited or opened here. */
  start?(): void;
  readonly stop?: ShutdownStep;
}

/** Runs the steps, each within its own limit; the sum of the limits bounds the whole. Never rejects. */
export async function shutDown(steps: readonly ShutdownStep[], clock: Clock, logger: Logger): Promise<void> {
  for (const step of steps) {
    const startedMs = clock.monotonicMs();
    const outcome = await runStep(step, clock, logger);
    const durationMs = Math.round(clock.monotonicMs() - startedMs);
    logger.info('shutdown step', { step: step.name, outcome, durationMs });
  }
}

async function runStep(
  step: ShutdownStep,
  clock: Clock,
  logger: Logger,
): Promise<'done' | 'failed' | 'late'> {
  let limit = { cancel: (): void => undefined };
  const late = new Promise<'late'>((resolve) => {
    limit = clock.after(step.limitMs, () => resolve('late'));
  });
  try {
    return await Promise.race([late, Promise.resolve(step.run()).then(() => 'done' as const)]);
  } catch (error) {
    logger.error('shutdown step failed', { step: step.name }, error);
    return 'failed';
  } finally {
    limit.cancel();
  }
}
