import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { DecisionLog } from './DecisionLog.ts';
import { LoadWindow, windowMs } from './LoadWindow.ts';
import { Scaler, type TargetMove } from './Scaler.ts';
import { type CeilingMove, ServerCeiling } from './ServerCeiling.ts';

/**
 * How large a pool may be (the server's ceiling) and should be (the scaler's target), what it was asked (the load), and
 * the log of what was decided.
 */
export class Sizing {
  readonly load: LoadWindow;
  readonly log: DecisionLog;
  readonly #ceiling: ServerCeiling;
  readonly #scaler: Scaler;
  readonly #clock: Clock;
  #max: number;

  constructor(settings: PoolSettings, clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#max = settings.max;
    this.load = new LoadWindow(clock.monotonicMs());
    this.log = new DecisionLog(clock);
    this.#ceiling = new ServerCeiling(settings.max, random);
    this.#scaler = new Scaler({ min: settings.min, load: this.load });
  }

  /** Other bounds, for the target and the ceiling. */
  configure(settings: PoolSettings): void {
    this.#max = settings.max;
    this.#ceiling.configure(settings.max);
    this.#scaler.configure(settings);
  }

  /** Whether so many are more than the settings allow (any more). */
  isTooMany(openCount: number): boolean {
    return openCount > this.#max;
  }

  /** The most that the server grants, as far as is known. */
  get ceiling(): number {
    return this.#ceiling.value;
  }

  /** How many are kept open while nobody needs more. */
  get target(): number {
    return Math.min(this.#scaler.target, this.#ceiling.value);
  }

  /** How many more connects may begin; see `ServerCeiling.room`. */
  room(openCount: number, connectingCount: number): number {
    return this.#ceiling.room(openCount, connectingCount);
  }

  /** A connect was granted. */
  opened(openCount: number, connectingCount: number): void {
    this.#ceiling.granted(openCount);
    this.#settle(openCount, connectingCount);
  }

  /** A connect failed, for whatever reason. */
  connectFailed(error: unknown, openCount: number, connectingCount: number): void {
    if (isRefusal(error)) this.#ceiling.refused(openCount, connectingCount, this.#clock.monotonicMs());
    this.#settle(openCount, connectingCount);
  }

  /** Lifts the ceiling when its time has come. */
  lift(nowMs: number): void {
    this.#note('limit-lifted', this.#ceiling.lift(nowMs));
  }

  /** Somebody who waited was served or gave up. @returns whether the target grew */
  waited(waitMs: number, nowMs: number): boolean {
    this.load.waited(waitMs);
    return this.#moved(this.#scaler.onWait(waitMs, nowMs, this.#ceiling.value));
  }

  /** Call it every few seconds. */
  tick(nowMs: number): void {
    this.lift(nowMs);
    this.#moved(this.#scaler.onTick(nowMs, this.#ceiling.value));
  }

  #settle(openCount: number, connectingCount: number): void {
    if (connectingCount === 0) this.#note('server-limit', this.#ceiling.settle(openCount));
  }

  #moved(move: TargetMove | null): boolean {
    if (move === null) return false;
    this.log.add(move.reason, move, move.load);
    return move.to > move.from;
  }

  #note(reason: ScalingDecision['reason'], move: CeilingMove | null): void {
    if (move !== null) this.log.add(reason, move, this.load.look(this.#clock.monotonicMs(), windowMs));
  }
}

/** Whether the server has no connection left for us: "sorry, too many clients", "remaining connection slots", a role's limit. */
export function isRefusal(error: unknown): boolean {
  return isAppError(error) && error.code === 'TOO_MANY_CONNECTIONS';
}
