/** How long after a refusal more are tried; doubled with each refusal that follows. */
const firstPauseMs = 30_000;
const longestPauseMs = 600_000;
/** A pause is longer by up to this part, so that several pools of one server do not ask at the same moment. */
const pauseJitter = 0.1;

/** The ceiling was at one height and is at another. */
export interface CeilingMove {
  readonly from: number;
  readonly to: number;
}

/**
 * How many connections the server grants. It has a limit that nobody tells, and that others use up as well: a refusal is
 * the only way to learn it. After one the ceiling is at what is open; when time has passed, more are tried again, one at
 * a time.
 */
export class ServerCeiling {
  #max: number;
  readonly #random: () => number;
  #value: number;
  /** Where it was before refusals that are not settled yet. */
  #fellFrom: number | null = null;
  /** When it is lifted again; null while it is not lowered. */
  #liftAtMs: number | null = null;
  #pauseMs = firstPauseMs;
  /** The server refused lately: no more than one connect is on its way. */
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

  /** How many more connects may begin. @param openCount connections on the server @param connectingCount on their way */
  room(openCount: number, connectingCount: number): number {
    const room = this.#value - openCount - connectingCount;
    return this.#isDoubtful ? Math.min(room, 1 - connectingCount) : room;
  }

  /** The server refused a connect. Those still on their way may yet be granted: nothing is told before `settle`. */
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

  /** No connect is on its way any more: now it is known where the ceiling is. */
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
