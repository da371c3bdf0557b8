import { SharedWork } from '../../../base/async/SharedWork.ts';
import type { Clock } from '../../../base/Clock.ts';

/** A token is taken for ended so long before it is. */
const marginMs = 60_000;

export interface AccessToken {
  readonly value: string;
  /** How long it is good for from now on, in milliseconds; null while the server takes it. */
  readonly lifetimeMs: number | null;
}

/** @param latestSecret that the server gave in place of the one that the caller knows; null for none */
type Obtain = (signal: AbortSignal, latestSecret: string | null) => Promise<AccessToken>;

/** Keeps one token for all connections that ask with the same secret. One is obtained at a time. */
export class TokenKeeper {
  /** Of a refresh token that the server has replaced: the newest. In memory only. */
  latestSecret: string | null = null;
  readonly #clock: Clock;
  readonly #obtaining = new SharedWork((signal) => this.#obtain(signal));
  #how: Obtain | null = null;
  #token: string | null = null;
  #goodUntilMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The token, obtained if there is none that is good.
   * @throws what `obtain` throws, or the signal's reason
   */
  async token(obtain: Obtain, signal: AbortSignal): Promise<string> {
    if (this.#token !== null && !this.#isOver()) return this.#token;
    this.#how = obtain;
    return this.#obtaining.join(signal);
  }

  /** The server does not take it. @returns whether another can be obtained: not when it is another already */
  refused(value: string): void {
    if (this.#token === value) this.#token = null;
  }

  #isOver(): boolean {
    return this.#goodUntilMs !== null && this.#clock.monotonicMs() >= this.#goodUntilMs;
  }

  async #obtain(signal: AbortSignal): Promise<string> {
    if (this.#how === null) throw new Error('Nobody says how a token is obtained');
    const { value, lifetimeMs } = await this.#how(signal, this.latestSecret);
    this.#token = value;
    // One that lives for less than the margin is used for half of its life.
    const usableMs = lifetimeMs === null ? null : Math.max(lifetimeMs - marginMs, lifetimeMs / 2);
    this.#goodUntilMs = usableMs === null ? null : this.#clock.monotonicMs() + usableMs;
    return value;
  }
}
