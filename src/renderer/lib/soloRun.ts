import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import { errorDtoOf } from './errorText.ts';

interface Outcome<Value> {
  readonly onDone: (value: Value) => void;
  readonly onFailed: (error: ErrorDto) => void;
  /** Told a value that came although the work was given up: for what main must let go of then. */
  readonly onLate?: (value: Value) => void;
}

export interface SoloRun {
  readonly isRunning: () => boolean;
  /** Gives up what runs, down to main. Nothing more is heard of it. */
  readonly abandon: () => void;
  /** Runs work and tells how it ended; does nothing while other work runs. */
  readonly run: <Value>(
    work: (signal: AbortSignal) => Promise<Value>,
    outcome: Outcome<Value>,
  ) => Promise<void>;
}

/** One piece of work at a time, as behind a dialog. */
export function createSoloRun(): SoloRun {
  let running: AbortController | null = null;
  return {
    isRunning: () => running !== null,
    abandon() {
      running?.abort();
      running = null;
    },
    async run(work, { onDone, onFailed, onLate }) {
      if (running !== null) return;
      const abort = new AbortController();
      running = abort;
      /** Whether it still runs; it does not any more after this. */
      const end = () => {
        const isCurrent = running === abort;
        if (isCurrent) running = null;
        return isCurrent;
      };
      await work(abort.signal).then(
        (value) => (end() ? onDone(value) : onLate?.(value)),
        (error: unknown) => {
          if (end()) onFailed(errorDtoOf(error));
        },
      );
    },
  };
}
