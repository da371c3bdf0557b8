/** One part of the window, and how many there are: what is older than half a minute is forgotten. */
const partMs = 1_000;
const partCount = 30;
export const windowMs = partMs * partCount;

/** Upper ends of the classes in which waits are counted, in milliseconds; what is longer falls into the last. */
const waitClasses = [
  1, 2, 5, 10, 20, 40, 70, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 600_000,
] as const;
const classCount = waitClasses.length;

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
   * A caller who waited was served or gave up. Cheap: it looks only after long waits, and only every now and then.
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

/** What happened in the last so many milliseconds. */
export interface Load {
  readonly arrivalsPerSecond: number;
  /** 95th percentile of the wait of all who were served or gave up (upper end of its class); null when nobody waited. */
  readonly waitP95Ms: number | null;
  /** Mean share of open connections that were in use, 0 to 1. */
  readonly use: number;
  /** Most connections that were wanted at once: in use and waited for. */
  readonly peakDemand: number;
}

/**
 * What callers asked of a pool in the last 30 s, in parts of a second. Memory is fixed, and each note is a few
 * additions: this is on the way of every acquire.
 */
export class LoadWindow {
  readonly #arrivals = new Uint32Array(partCount);
  readonly #peakDemand = new Uint32Array(partCount);
  /** Connections in use, and open, each times milliseconds. */
  readonly #inUseMs = new Float64Array(partCount);
  readonly #openMs = new Float64Array(partCount);
  readonly #waits = new Uint32Array(partCount * classCount);
  readonly #startedMs: number;
  #part = 0;
  #partEndsMs: number;
  /** Up to when the areas are added up. */
  #countedMs: number;
  #inUse = 0;
  #open = 0;

  constructor(nowMs: number) {
    this.#startedMs = nowMs;
    this.#partEndsMs = nowMs + partMs;
    this.#countedMs = nowMs;
  }

  /** A caller asks for a connection. */
  arrived(nowMs: number): void {
    if (nowMs >= this.#partEndsMs) this.#moveOn(nowMs);
    (this.#arrivals[this.#part] as number) += 1;
  }

  /** A caller who waited was served or gave up. */
  waited(waitMs: number): void {
    let at = 0;
    while (at < classCount - 1 && waitMs > (waitClasses[at] as number)) at += 1;
    (this.#waits[this.#part * classCount + at] as number) += 1;
  }

  /** From now on so many connections are in use, of so many that are open, and so many callers wait. */
  changed(nowMs: number, inUse: number, open: number, waiting: number): void {
    if (nowMs >= this.#partEndsMs) this.#moveOn(nowMs);
    this.#addArea(nowMs);
    this.#inUse = inUse;
    this.#open = open;
    const demand = inUse + waiting;
    if (demand > (this.#peakDemand[this.#part] as number)) this.#peakDemand[this.#part] = demand;
  }

  /** @param lengthMs how far back at least, up to the length of the window */
  look(nowMs: number, lengthMs: number): Load {
    this.changed(nowMs, this.#inUse, this.#open, 0);
    // One more than that, because the current part has only begun.
    const count = Math.min(partCount, Math.ceil(lengthMs / partMs) + 1);
    let [arrivals, inUseMs, openMs, peakDemand] = [0, 0, 0, 0];
    const waits = new Array<number>(classCount).fill(0);
    for (let back = 0; back < count; back += 1) {
      const part = (this.#part - back + partCount) % partCount;
      arrivals += this.#arrivals[part] as number;
      inUseMs += this.#inUseMs[part] as number;
      openMs += this.#openMs[part] as number;
      peakDemand = Math.max(peakDemand, this.#peakDemand[part] as number);
      for (let at = 0; at < classCount; at += 1)
        waits[at] = (waits[at] as number) + (this.#waits[part * classCount + at] as number);
    }
    const coveredMs = Math.min(count * partMs - (this.#partEndsMs - nowMs), nowMs - this.#startedMs);
    return {
      arrivalsPerSecond: arrivals / (Math.max(partMs, coveredMs) / 1_000),
      waitP95Ms: percentile95(waits, arrivals),
      use: openMs === 0 ? 0 : inUseMs / openMs,
      peakDemand,
    };
  }

  /** Opens new parts up to now. Of a long pause only the last 30 s are walked through. */
  #moveOn(nowMs: number): void {
    const oldestMs = nowMs - windowMs;
    if (this.#countedMs < oldestMs) this.#countedMs = oldestMs;
    if (this.#partEndsMs < oldestMs) this.#partEndsMs = oldestMs;
    while (nowMs >= this.#partEndsMs) {
      this.#addArea(this.#partEndsMs);
      this.#part = (this.#part + 1) % partCount;
      this.#partEndsMs += partMs;
      this.#arrivals[this.#part] = 0;
      // Who has a connection still needs it.
      this.#peakDemand[this.#part] = this.#inUse;
      this.#inUseMs[this.#part] = 0;
      this.#openMs[this.#part] = 0;
      this.#waits.fill(0, this.#part * classCount, (this.#part + 1) * classCount);
    }
  }

  #addArea(untilMs: number): void {
    const durationMs = untilMs - this.#countedMs;
    if (durationMs <= 0) return;
    (this.#inUseMs[this.#part] as number) += this.#inUse * durationMs;
    (this.#openMs[this.#part] as number) += this.#open * durationMs;
    this.#countedMs = untilMs;
  }
}

/** @param arrivals all callers: those who are not among the waits were served at once */
function percentile95(waits: readonly number[], arrivals: number): number | null {
  const waitedCount = waits.reduce((sum, count) => sum + count, 0);
  if (waitedCount === 0) return null;
  let above = Math.max(arrivals, waitedCount) * 0.05;
  for (let at = classCount - 1; at >= 0; at -= 1) {
    above -= waits[at] as number;
    if (above < 0) return waitClasses[at] as number;
  }
  return 0;
}
