import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import { type Load, LoadWindow, Scaler, type TargetMove, windowMs } from './Scaler.ts';

/** How long after a refusal more are tried; doubled with each refusal that follows. */
const firstPauseMs = 30_000;
const longestPauseMs = 600_000;
/** A pause is longer by up to this part, so that several pools of one server do not ask at the same moment. */
const pauseJitter = 0.1;

/** How large a pool may be (the server's ceiling) and should be (the scaler's target), and what was asked of it (the load). */
export class Sizing {
  readonly load: LoadWindow;
  /** Each move of the target and of the ceiling, with the figures that explain it. */
  readonly onDecision = new Emitter<ScalingDecision>();
  readonly #ceiling: ServerCeiling;
  readonly #scaler: Scaler;
  readonly #clock: Clock;
  #max: number;

  constructor(settings: PoolSettings, clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#max = settings.max;
    this.load = new LoadWindow(clock.monotonicMs());
    this.#ceiling = new ServerCeiling(settings.max, random);
    this.#scaler = new Scaler({ min: settings.min, load: this.load });
  }

  /** Other bounds, for the target and the ceiling. */
  configure(settings: PoolSettings): void {
    this.#max = settings.max;
    this.#ceiling.configure(settings.max);
    this.#scaler.configure(settings);
  }

  /** Whether so many are more than the settings allow; the maximum may have been lowered meanwhile. */
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

  /**
   * How many more connects may begin; see `ServerCeiling.room`.
   * @param reservedCount connections within the maximum that are not the pool's
   */
  room(openCount: number, connectingCount: number, reservedCount: number): number {
    const left = this.#max - reservedCount - openCount - connectingCount;
    return Math.min(left, this.#ceiling.room(openCount, connectingCount));
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

  /** A caller who waited was served or gave up. @returns whether the target grew */
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
    this.#decided(move.reason, move, move.load);
    return move.to > move.from;
  }

  #note(reason: ScalingDecision['reason'], move: CeilingMove | null): void {
    if (move !== null) this.#decided(reason, move, this.load.look(this.#clock.monotonicMs(), windowMs));
  }

  #decided(reason: ScalingDecision['reason'], { from, to }: CeilingMove, load: Load): void {
    const { waitP95Ms, use, arrivalsPerSecond } = load;
    const at = this.#clock.wallMs();
    this.onDecision.emit({ at, reason, from, to, waitP95Ms, use, arrivalsPerSecond });
  }
}

/** Whether the server has no connection left for us: its own limit, what it reserves for others, or that of the account. */
export function isRefusal(error: unknown): boolean {
  return isAppError(error) && error.code === 'TOO_MANY_CONNECTIONS';
}

/** The ceiling was at one height and is at another. */
interface CeilingMove {
  readonly from: number;
  readonly to: number;
}

/**
 * How many connections the server grants. Its limit is unknown, and others use it up as well: a refusal is the only way
 * to learn it. After one the ceiling is at what is open; when time has passed, more are tried again, one at a time.
 */
class ServerCeiling {
  #max: number;
  readonly #random: () => number;
  #value: number;
  /** Where it was before refusals that are not settled yet. */
  #fellFrom: number | null = null;
  /** When it is lifted again; null while it is not lowered. */
  #liftAtMs: number | null = null;
  #pauseMs = firstPauseMs;
  /** The server refused lately: no more than one connect may be in flight. */
  #isDoubtful = false;

  constructor(max: number, random: () => number) {
    this.#max = max;
    this.#random = random;
    this.#value = max;
  }

  get value(): number {
    return this.#value;
  }

  /** Another maximum. What the server has refused stays known. */
  configure(max: number): void {
    const isLowered = this.#value < this.#max;
    this.#max = max;
    this.#value = isLowered ? Math.min(this.#value, max) : max;
  }

  /** How many more connects may begin. @param openCount connections on the server @param connectingCount in flight */
  room(openCount: number, connectingCount: number): number {
    const room = this.#value - openCount - connectingCount;
    return this.#isDoubtful ? Math.min(room, 1 - connectingCount) : room;
  }

  /** The server refused a connect. Those in flight may yet be granted: nothing is decided before `settle`. */
  refused(openCount: number, connectingCount: number, nowMs: number): void {
    this.#fellFrom ??= this.#value;
    this.#value = Math.min(this.#value, Math.max(1, openCount + connectingCount));
    this.#isDoubtful = true;
    this.#liftAtMs = nowMs + this.#pauseMs * (1 + pauseJitter * this.#random());
  }

  /** The server granted a connect. */
  granted(openCount: number): void {
    if (this.#fellFrom === null) this.#pauseMs = firstPauseMs;
    // More may be open than a maximum that was lowered meanwhile allows.
    this.#value = Math.min(this.#max, Math.max(this.#value, openCount));
    if (openCount >= this.#max) this.#isDoubtful = false;
  }

  /** No connect is in flight any more: now it is known where the ceiling is. */
  settle(openCount: number): CeilingMove | null {
    const from = this.#fellFrom;
    if (from === null) return null;
    this.#fellFrom = null;
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#value = Math.min(this.#value, Math.max(1, openCount));
    return from === this.#value ? null : { from, to: this.#value };
  }

  /** More may be tried when the pause is over. */
  lift(nowMs: number): CeilingMove | null {
    if (this.#liftAtMs === null || nowMs < this.#liftAtMs || this.#fellFrom !== null) return null;
    this.#liftAtMs = null;
    const from = this.#value;
    this.#value = this.#max;
    return from === this.#max ? null : { from, to: this.#max };
  }
}
