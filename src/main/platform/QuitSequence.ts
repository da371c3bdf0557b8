import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';

export interface QuitSequenceOptions {
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Takes the app from the screen and refuses new work. */
  readonly begin: () => void;
  /** Closes everything in order. */
  readonly shutdown: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Longest time a person waits for the app to be gone: more than the limits of all steps of closing together (9.9 s, of
 * which 5 s are for statements that run), so that it strikes only when a step does not keep its own.
 */
const shutdownLimitMs = 10_000;

/** The one way out: whatever asks to quit, everything is closed in order once, within a limit. */
export class QuitSequence {
  readonly #options: QuitSequenceOptions;
  #isRunning = false;

  constructor(options: QuitSequenceOptions) {
    this.#options = options;
  }

  /** Begins to quit; asked a second time, it no longer waits. */
  request(exitCode = 0): void {
    if (this.#isRunning) {
      this.#options.exit(exitCode);
      return;
    }
    this.#isRunning = true;
    this.#options.begin();
    void this.#closeAndExit(exitCode);
  }

  async #closeAndExit(exitCode: number): Promise<void> {
    const { exit, shutdown, clock, logger } = this.#options;
    const limit = clock.after(shutdownLimitMs, () => {
      logger.error('Closing took too long and was cut short');
      exit(exitCode);
    });
    try {
      await shutdown();
    } catch (error) {
      logger.error('Closing failed', {}, error);
    }
    limit.cancel();
    exit(exitCode);
  }
}
