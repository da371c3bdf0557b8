import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';

export interface QuitSequenceOptions {
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /**
   * Whether the person agrees to what would be lost. Never rejects.
   * @param signal aborts when the app ends without an answer
   */
  readonly mayQuit: (signal: AbortSignal) => Promise<boolean>;
  /** Takes the app from the screen and refuses new work. Never rejects. */
  readonly begin: () => Promise<void>;
  /** Closes everything in order. */
  readonly shutdown: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Longest time a person waits for the app to be gone: the limits of all steps of closing together (11.75 s, of which 5 s
 * are for statements that run, and 0.5 s to begin), so that it strikes only when a step does not keep its own.
 */
const shutdownLimitMs = 12_250;

/** The one way out: whatever asks to quit, everything is closed in order once, within a limit. */
export class QuitSequence {
  readonly #options: QuitSequenceOptions;
  #isRunning = false;
  #asking: AbortController | null = null;

  constructor(options: QuitSequenceOptions) {
    this.#options = options;
  }

  /** A person wants to quit: they are asked first when something would be lost. */
  async ask(): Promise<void> {
    if (this.#isRunning) this.request();
    if (this.#isRunning || this.#asking !== null) return;
    const asking = new AbortController();
    this.#asking = asking;
    const mayQuit = await this.#options.mayQuit(asking.signal);
    this.#asking = null;
    if (mayQuit && !this.#isRunning) this.request();
  }

  /** Begins to quit without a question, as when the system shuts down; asked a second time, it no longer waits. */
  request(exitCode = 0): void {
    if (this.#isRunning) {
      this.#options.exit(exitCode);
      return;
    }
    this.#isRunning = true;
    this.#asking?.abort();
    void this.#closeAndExit(exitCode);
  }

  async #closeAndExit(exitCode: number): Promise<void> {
    const { begin, exit, shutdown, clock, logger } = this.#options;
    const limit = clock.after(shutdownLimitMs, () => {
      logger.error('Closing took too long and was cut short');
      exit(exitCode);
    });
    try {
      await begin();
      await shutdown();
    } catch (error) {
      logger.error('Closing failed', {}, error);
    }
    limit.cancel();
    exit(exitCode);
  }
}
