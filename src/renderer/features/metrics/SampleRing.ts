import { metricsHistoryLength } from '../../../shared/model/historyLengths.ts';
import type { MetricsPoint } from '../../../shared/model/metrics.ts';

/** One this much older than the newest did not come late: the clock of this computer was set back. */
const setBackMs = 10_000;

/** The newest samples of one data source, oldest first; adding one costs the same however many there are. */
export class SampleRing {
  #slots: MetricsPoint[] = [];
  readonly #capacity: number;
  /** Slot of the oldest sample once the ring is full. */
  #oldest = 0;

  /** @param capacity samples kept; the oldest makes room for the newest */
  constructor(capacity: number = metricsHistoryLength) {
    this.#capacity = capacity;
  }

  /**
   * Adds a sample. One that is not younger than the newest is ignored: history and events may overlap. After the clock
   * was set back the ring begins anew, for times of both clocks make no order.
   */
  add(sample: MetricsPoint): boolean {
    const { newest } = this;
    if (newest !== null && newest.at - sample.at >= setBackMs) this.#clear();
    else if (newest !== null && sample.at <= newest.at) return false;
    if (this.#slots.length < this.#capacity) {
      this.#slots.push(sample);
    } else {
      this.#slots[this.#oldest] = sample;
      this.#oldest = (this.#oldest + 1) % this.#capacity;
    }
    return true;
  }

  #clear(): void {
    this.#slots = [];
    this.#oldest = 0;
  }

  get newest(): MetricsPoint | null {
    const count = this.#slots.length;
    return this.#slots[(this.#oldest + count - 1) % Math.max(1, count)] ?? null;
  }

  /** Samples taken at `fromMs` (epoch) or later, oldest first. */
  since(fromMs: number): readonly MetricsPoint[] {
    const inOrder = [...this.#slots.slice(this.#oldest), ...this.#slots.slice(0, this.#oldest)];
    const first = inOrder.findIndex((sample) => sample.at >= fromMs);
    return first < 0 ? [] : inOrder.slice(first);
  }
}
