import type { Clock } from '../base/Clock.ts';

export interface FarewellOptions {
  /** Whether there is a page that hears it. */
  readonly isHeard: () => boolean;
  /** Tells the page that the app ends. */
  readonly tell: () => void;
  readonly clock: Clock;
}

/** How long a page may take to hand over what it has not written yet, such as the last words of a text. */
const farewellLimitMs = 500;

/** What the page does last: it hands over what it has to keep, while calls are still answered. */
export class Farewell {
  readonly #options: FarewellOptions;
  #end: (() => void) | null = null;

  constructor(options: FarewellOptions) {
    this.#options = options;
  }

  /** Resolves when the page has nothing more to keep, when the time is over, and at once when there is no page. */
  async take(): Promise<void> {
    const { isHeard, tell, clock } = this.#options;
    if (!isHeard()) return;
    await new Promise<void>((resolve) => {
      const limit = clock.after(farewellLimitMs, resolve);
      this.#end = () => {
        limit.cancel();
        resolve();
      };
      tell();
    });
  }

  /** The page has nothing more to keep. */
  over(): void {
    this.#end?.();
  }
}
