import type { KeychainRequest } from './keychainMessages.ts';

/** A started keychainHelper.ts. */
export interface HelperProcess {
  post(request: KeychainRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started at all. */
  onExit(listener: () => void): void;
  /** Ends it at once, whatever it waits for. Works any number of times, and before it runs. */
  kill(): void;
}

/** Starts keychainHelper.ts in a process of its own, each time a new one. */
export interface KeychainProcess {
  start(): HelperProcess;
}
