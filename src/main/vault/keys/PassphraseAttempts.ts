import { Semaphore } from '../../base/async/Semaphore.ts';
import type { Clock } from '../../base/Clock.ts';
import { passphraseTooEarly, passphraseWrong, vaultBusy } from '../vaultErrors.ts';

const freeFailureCount = 3;
const longestWaitMs = 30_000;

/** Slows down who guesses: after three wrong passphrases in a row the next one has to wait 1, 2, 4 … 30 s. */
export class PassphraseAttempts {
  readonly #clock: Clock;
  #failureCount = 0;
  #nextAtMs = Number.NEGATIVE_INFINITY;
  readonly #turn = new Semaphore(1);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs an attempt, which answers null for a wrong passphrase; what it throws counts as nothing. An attempt that comes
   * too early is not run.
   * @throws VAULT_PASSPHRASE_WRONG, VAULT_BUSY while another one runs
   */
  async run<Value>(attempt: () => Promise<Value | null>): Promise<Value> {
    const running = this.#turn.tryRun(() => this.#run(attempt));
    if (running === null) throw vaultBusy();
    return running;
  }

  async #run<Value>(attempt: () => Promise<Value | null>): Promise<Value> {
    const waitMs = this.#nextAtMs - this.#clock.monotonicMs();
    if (waitMs > 0) throw passphraseTooEarly(waitMs);
    const value = await attempt();
    if (value === null) throw passphraseWrong(this.#failed());
    this.#failureCount = 0;
    return value;
  }

  /** @returns how long the next attempt has to wait */
  #failed(): number {
    this.#failureCount += 1;
    const excessCount = this.#failureCount - freeFailureCount;
    const waitMs = excessCount < 0 ? 0 : Math.min(longestWaitMs, 1_000 * 2 ** excessCount);
    this.#nextAtMs = this.#clock.monotonicMs() + waitMs;
    return waitMs;
  }
}
