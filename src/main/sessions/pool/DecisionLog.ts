import { type ScalingDecision, scalingHistoryLength } from '../../../shared/model/poolStats.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { Load } from './LoadWindow.ts';

/** The last decisions about the size of a pool, with the figures that explain them. */
export class DecisionLog {
  readonly onDecision = new Emitter<ScalingDecision>();
  readonly #clock: Clock;
  readonly #decisions: ScalingDecision[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Oldest first. */
  list(): readonly ScalingDecision[] {
    return [...this.#decisions];
  }

  add(reason: ScalingDecision['reason'], move: { from: number; to: number }, load: Load): void {
    const { from, to } = move;
    const { waitP95Ms, use, arrivalsPerSecond } = load;
    const decision = { at: this.#clock.wallMs(), reason, from, to, waitP95Ms, use, arrivalsPerSecond };
    if (this.#decisions.length === scalingHistoryLength) this.#decisions.shift();
    this.#decisions.push(decision);
    this.onDecision.emit(decision);
  }
}
