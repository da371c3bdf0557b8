import type { ToWorker } from './workerMessages.ts';

/** A started syncWorker.ts. */
export interface StartedWorker {
  post(message: ToWorker): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started at all. */
  onExit(listener: () => void): void;
  /** Ends it at once. Works any number of times, and before it runs. */
  kill(): void;
}

/** Starts syncWorker.ts in a process of its own, each time a new one. It ends when the app does. */
export interface WorkerProcess {
  start(): StartedWorker;
}
