import type { MeasuredRequest, RequestMeter } from '../connectors/Connector.ts';
import type { SourceMetrics } from '../observability/SourceMetrics.ts';
import type { MeasuredStatement, StatementMeter } from './StatementMeter.ts';

/** Measures requests as statements, and what only requests have: statuses, waits and what is left of a limit. */
export function requestMeter(meter: StatementMeter, metrics: SourceMetrics): RequestMeter {
  return {
    begin: (purpose) => new MeteredRequest(meter.begin(purpose, null), metrics),
    waited: (waitMs) => metrics.requests.waited(waitMs),
    remaining: (count, resetMs) =>
      metrics.requests.left(count, resetMs === null ? null : meter.clock.monotonicMs() + resetMs),
  };
}

class MeteredRequest implements MeasuredRequest {
  readonly #statement: MeasuredStatement;
  readonly #metrics: SourceMetrics;
  #status: number | null = null;

  constructor(statement: MeasuredStatement, metrics: SourceMetrics) {
    this.#statement = statement;
    this.#metrics = metrics;
  }

  get rowCount(): number {
    return this.#statement.rowCount;
  }

  set rowCount(count: number) {
    this.#statement.rowCount = count;
  }

  answered(status: number): void {
    this.#status = status;
  }

  succeeded(durationMs: number): void {
    this.#metrics.requests.ended(this.#status);
    this.#statement.succeeded(durationMs);
  }

  failed(durationMs: number, error: unknown): void {
    this.#metrics.requests.ended(this.#status);
    this.#statement.failed(durationMs, error);
  }
}
