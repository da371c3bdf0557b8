import { DurationHistogram } from './DurationHistogram.ts';

/** Classes of HTTP statuses; `none`: the request was never answered. */
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type StatusClass = (typeof statusClasses)[number];

/** What was counted of the requests to one API; empty for a data source that sends statements. */
export class RequestMetrics {
  readonly byStatus: Record<StatusClass, number> = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 };
  /** How long requests waited for a limit, or before they were sent again. */
  readonly waits = new DurationHistogram();
  #remaining: number | null = null;
  #isUsed = false;

  /** Whether there was any request. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Requests that the API still allows, as it said last; null when it never did. */
  get remaining(): number | null {
    return this.#remaining;
  }

  /** @param status null when it was never answered */
  ended(status: number | null): void {
    this.#isUsed = true;
    this.byStatus[classOf(status)] += 1;
  }

  left(remaining: number): void {
    this.#remaining = remaining;
  }
}

function classOf(status: number | null): StatusClass {
  if (status === null) return 'none';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}
