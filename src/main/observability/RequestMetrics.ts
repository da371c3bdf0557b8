import { DurationHistogram } from './DurationHistogram.ts';
import {
  type CountByStatus,
  least,
  ofStatuses,
  type RequestFigures,
  type StatusClass,
} from './MeasuredInterval.ts';
import { PercentileHistogram } from './PercentileHistogram.ts';

/** What was counted of the requests to one API; empty for a data source that sends statements. */
export class RequestMetrics {
  readonly byStatus: CountByStatus = ofStatuses(() => 0);
  /** How long requests waited for a limit, or before they were sent again. */
  readonly waits = new DurationHistogram();
  #remaining: number | null = null;
  /** When that is no longer true, on the monotonic clock; null when the API does not say. */
  #remainingUntilMs: number | null = null;
  #isUsed = false;
  /** Of the running second. */
  #wait = new PercentileHistogram();
  #least: number | null = null;
  /** What was counted when the running second began. */
  #before: CountByStatus = { ...this.byStatus };

  /** Whether there was any request. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Requests that the API still allows, as it said last; null when it never did, or its period was over. */
  get remaining(): number | null {
    return this.#remaining;
  }

  /** @param status null when it was never answered */
  ended(status: number | null): void {
    this.#isUsed = true;
    this.byStatus[classOf(status)] += 1;
  }

  waited(waitMs: number): void {
    this.#isUsed = true;
    this.waits.add(waitMs);
    this.#wait.add(waitMs);
  }

  /** @param untilMs the end of the API's period, on the monotonic clock; null when it does not say */
  left(remaining: number, untilMs: number | null): void {
    this.#remaining = remaining;
    this.#remainingUntilMs = untilMs;
    this.#least = least(this.#least, remaining);
  }

  /** Ends the running interval. @returns null when no request was ever sent */
  take(nowMs: number): RequestFigures | null {
    if (!this.#isUsed) return null;
    if (this.#remainingUntilMs !== null && nowMs >= this.#remainingUntilMs) this.#remaining = null;
    const figures = {
      statuses: ofStatuses((key) => this.byStatus[key] - this.#before[key]),
      wait: this.#wait,
      remaining: this.#least ?? this.#remaining,
    };
    this.#wait = new PercentileHistogram();
    this.#least = null;
    this.#before = { ...this.byStatus };
    return figures;
  }
}

function classOf(status: number | null): StatusClass {
  if (status === null) return 'none';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}
