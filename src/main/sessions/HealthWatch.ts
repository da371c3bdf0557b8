import type { PoolStats } from '../../shared/model/poolStats.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { someLostError } from './sourceErrors.ts';

/** Health is checked this often, give or take a tenth, so that many data sources do not check at once. */
const intervalMs = 30_000;
const jitter = 0.1;
/** While something is wrong that may be over soon. */
const unwellIntervalMs = 5_000;
/** How long an idle connection has for its answer. */
const timeoutMs = 5_000;
/** The same when the machine has just woken up or changed its network: dead sockets are to be found at once. */
const wakeUpTimeoutMs = 2_000;

/** What a check of all idle connections found; the quickest round trip, or null when none answered. */
export interface CheckResult {
  readonly roundTripMs: number | null;
  readonly checked: number;
  readonly lost: number;
}

/**
 * `well`: everything that was asked has answered and the pool may be as large as it likes. `unwell`: connections were
 * lost. `unknown`: nothing speaks for either, so what was known before stays.
 */
export type Health =
  | { readonly is: 'well' | 'unknown' }
  | { readonly is: 'unwell'; readonly reason: unknown };

export interface HealthWatchOptions {
  /** Pings all idle connections; closes those that do not answer within the time. Never rejects. */
  readonly check: (timeoutMs: number) => Promise<CheckResult>;
  readonly stats: () => PoolStats;
  /** Whether something keeps the pool from opening connections. */
  readonly isBlocked: () => boolean;
  /** How many statements the server has answered so far. */
  readonly answeredCount: () => number;
  readonly onHealth: (health: Health, result: CheckResult) => void;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Checks the connections of an open data source again and again, until it is stopped. */
export class HealthWatch {
  readonly #options: HealthWatchOptions;
  #timer: Timer | null = null;
  /** Counts the starts and stops: a check that began before says nothing about now. */
  #run = 0;
  #isRunning = false;
  #isUnwell = false;
  #hasConnectFailed = false;
  #answeredCount = 0;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Begins with a check at once, so that people see a round trip from the start. */
  start(): void {
    this.stop();
    this.#isRunning = true;
    this.#isUnwell = false;
    this.#hasConnectFailed = false;
    void this.#check(timeoutMs);
  }

  stop(): void {
    this.#run += 1;
    this.#isRunning = false;
    this.#timer?.cancel();
  }

  /** Checks at once, and impatiently. */
  wakeUp(): void {
    if (this.#isRunning) void this.#check(wakeUpTimeoutMs);
  }

  /** A connect failed while others work: the next check is soon, and does not find all well yet. */
  connectFailed(): void {
    this.#hasConnectFailed = true;
    if (!this.#isRunning || this.#isUnwell) return;
    this.#isUnwell = true;
    this.#schedule();
  }

  async #check(limitMs: number): Promise<void> {
    const run = this.#run;
    this.#timer?.cancel();
    const result = await this.#options.check(limitMs);
    if (run !== this.#run) return;
    const health = this.#judge(result);
    if (health.is !== 'unknown') this.#isUnwell = health.is === 'unwell';
    this.#options.onHealth(health, result);
    if (run === this.#run) this.#schedule();
  }

  #judge({ checked, lost }: CheckResult): Health {
    const { stats, answeredCount, isBlocked } = this.#options;
    const answered = answeredCount();
    const hasAnswered = answered !== this.#answeredCount;
    const hasConnectFailed = this.#hasConnectFailed;
    this.#answeredCount = answered;
    this.#hasConnectFailed = false;
    if (lost > 0) return { is: 'unwell', reason: someLostError(lost, checked) };
    const { ceiling, max, total } = stats();
    const mayGrow = !hasConnectFailed && !isBlocked() && ceiling >= max;
    // A busy pool needs no ping: that it answers its statements is the check.
    const isAlive = checked > 0 || hasAnswered || total === 0;
    return { is: mayGrow && isAlive ? 'well' : 'unknown' };
  }

  #schedule(): void {
    const { clock, random } = this.#options;
    const spread = 1 + jitter * (2 * random() - 1);
    this.#timer?.cancel();
    this.#timer = clock.after((this.#isUnwell ? unwellIntervalMs : intervalMs) * spread, () => {
      void this.#check(timeoutMs);
    });
  }
}
