import type { Clock, Timer } from '../base/Clock.ts';

const intervalMs = 2_000;
/** The wall clock is moved by less than this when it is merely corrected. */
const toleranceMs = 3_000;

/**
 * Notices that the machine slept, also when no resume event came: monotonic time stands still in sleep on Linux and
 * macOS while the wall clock goes on, and where it goes on too the tick comes late. A wall clock that was put forward,
 * or a process that was stopped, looks the same: what is done about it must do no harm to a machine that was awake.
 */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #onWoke: () => void;
  #timer: Timer | null = null;

  constructor(clock: Clock, onWoke: () => void) {
    this.#clock = clock;
    this.#onWoke = onWoke;
  }

  start(): void {
    this.stop();
    const wallMs = this.#clock.wallMs();
    const monotonicMs = this.#clock.monotonicMs();
    this.#timer = this.#clock.after(intervalMs, () => {
      const passedMs = this.#clock.monotonicMs() - monotonicMs;
      const wallPassedMs = this.#clock.wallMs() - wallMs;
      this.start();
      const isLate = passedMs - intervalMs > toleranceMs;
      if (isLate || wallPassedMs - passedMs > toleranceMs) this.#onWoke();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
