import type { Load, LoadWindow } from './LoadWindow.ts';
import { windowMs } from './LoadWindow.ts';

/** Growing looks at the last moments, shrinking at the whole window. */
const growWindowMs = 5_000;
/** It grows when the 95th percentile of the waits is above this. */
const longWaitMs = 20;
/** How often waits are looked at while callers wait. */
const growIntervalMs = 50;
/** It also grows when this share of the connections is in use on average, */
const busyUse = 0.8;
/** and callers come at least this often: one long statement is no reason for another connection. */
const busyArrivalsPerSecond = 1;
/** After growing it does not shrink for this long, so that it does not swing with the load. */
const restAfterGrowthMs = windowMs;
/** It gives up this share of what is too much at a time. */
const shrinkShare = 0.25;

export interface ScalerOptions {
  readonly min: number;
  readonly load: LoadWindow;
}

/** A new target, with what was seen. */
export interface TargetMove {
  readonly reason: 'waiting' | 'busy' | 'idle';
  readonly from: number;
  readonly to: number;
  readonly load: Load;
}

/**
 * Decides how many connections a pool keeps open while nobody needs more. (While callers wait the pool opens more at once,
 * whatever the target is; the target is what remains afterwards, so that the next burst finds them open.)
 * It grows at once to what was wanted when callers waited, and shrinks slowly once fewer would have done for a while.
 */
export class Scaler {
  readonly #load: LoadWindow;
  #min: number;
  #target: number;
  #grownAtMs = Number.NEGATIVE_INFINITY;
  #lookAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: ScalerOptions) {
    this.#load = options.load;
    this.#min = options.min;
    this.#target = options.min;
  }

  /** Other bounds. A target that the load has raised stays raised within them; one that it has not follows the minimum. */
  configure({ min, max }: { readonly min: number; readonly max: number }): void {
    const wanted = this.#target === this.#min ? min : this.#target;
    this.#min = min;
    this.#target = Math.min(Math.max(wanted, min), max);
  }

  get target(): number {
    return this.#target;
  }

  /**
   * Somebody who waited was served or gave up. Cheap: it looks only after long waits, and only every now and then.
   * @param ceiling the most that may be open
   */
  onWait(waitMs: number, nowMs: number, ceiling: number): TargetMove | null {
    if (waitMs <= longWaitMs || nowMs < this.#lookAtMs) return null;
    this.#lookAtMs = nowMs + growIntervalMs;
    return this.#growOnWaits(nowMs, ceiling, this.#load.look(nowMs, growWindowMs));
  }

  /** Time has passed. Call it every few seconds. @param ceiling the most that may be open */
  onTick(nowMs: number, ceiling: number): TargetMove | null {
    const recent = this.#load.look(nowMs, growWindowMs);
    const isBusy = recent.use >= busyUse && recent.arrivalsPerSecond >= busyArrivalsPerSecond;
    return (
      this.#growOnWaits(nowMs, ceiling, recent) ??
      (isBusy && recent.peakDemand >= this.#target
        ? this.#grow('busy', this.#target + 1, ceiling, nowMs, recent)
        : this.#shrink(nowMs, this.#load.look(nowMs, windowMs)))
    );
  }

  #growOnWaits(nowMs: number, ceiling: number, load: Load): TargetMove | null {
    if (load.waitP95Ms === null || load.waitP95Ms <= longWaitMs) return null;
    return this.#grow('waiting', load.peakDemand, ceiling, nowMs, load);
  }

  #grow(
    reason: TargetMove['reason'],
    wanted: number,
    ceiling: number,
    nowMs: number,
    load: Load,
  ): TargetMove | null {
    // What was wanted lately still counts when the target is high enough already.
    if (wanted >= this.#target) this.#grownAtMs = nowMs;
    return this.#move(reason, Math.max(this.#target, Math.min(wanted, ceiling)), load);
  }

  #shrink(nowMs: number, load: Load): TargetMove | null {
    const enough = Math.max(this.#min, load.peakDemand);
    const spare = this.#target - enough;
    if (spare <= 0 || nowMs - this.#grownAtMs < restAfterGrowthMs) return null;
    return this.#move('idle', this.#target - Math.max(1, Math.floor(spare * shrinkShare)), load);
  }

  #move(reason: TargetMove['reason'], to: number, load: Load): TargetMove | null {
    const from = this.#target;
    if (from === to) return null;
    this.#target = to;
    return { reason, from, to, load };
  }
}
