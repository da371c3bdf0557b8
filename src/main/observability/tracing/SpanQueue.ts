import type { TracingStatus } from '../../../shared/model/tracing.ts';
import { AppError, isAppError, toErrorDto } from '../../base/AppError.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../Logger.ts';
import type { EndedSpan, SpanSink } from './Traces.ts';

/** As OpenTelemetry's own batches by default. */
const maxWaitingCount = 2_048;
const maxBatchCount = 512;
const batchMs = 5_000;
/** A collector that does not answer is asked less and less often. */
const longestPauseMs = 5 * 60_000;

export interface SpanQueueOptions {
  /**
   * Sends a batch, within a bounded time.
   * @returns how many of them the collector did not take
   * @throws AppError; `retryable` when the same batch may be taken later
   */
  readonly send: (batch: readonly EndedSpan[]) => Promise<number>;
  readonly onChanged: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Spans that wait to be sent, in batches, one at a time. It is bounded: what does not fit is dropped and counted. Whoever
 * adds one neither waits nor hears of a collector that is away; the log does, once for each time that it goes.
 */
export class SpanQueue implements SpanSink {
  readonly #options: SpanQueueOptions;
  #waiting: EndedSpan[] = [];
  #timer: Timer | null = null;
  #isHurried = false;
  #sending: Promise<void> | null = null;
  #failureCount = 0;
  #problem: AppError | null = null;
  #sentCount = 0;
  #droppedCount = 0;
  #lastSentAt: number | null = null;
  #isClosed = false;

  constructor(options: SpanQueueOptions) {
    this.#options = options;
  }

  get delivery(): NonNullable<TracingStatus['delivery']> {
    return {
      sentCount: this.#sentCount,
      droppedCount: this.#droppedCount,
      waitingCount: this.#waiting.length,
      lastSentAt: this.#lastSentAt,
      problem: this.#problem === null ? null : toErrorDto(this.#problem, null),
    };
  }

  add(span: EndedSpan): void {
    if (this.#isClosed) return;
    if (this.#waiting.length >= maxWaitingCount) {
      this.#droppedCount += 1;
      return;
    }
    this.#waiting.push(span);
    if (this.#timer === null) this.#sendAfter(batchMs);
    else if (this.#waiting.length >= maxBatchCount) this.#hurry();
  }

  /** Something changed, so that a collector that was away may take spans now. */
  tryNow(): void {
    if (this.#isClosed || this.#problem === null || this.#sending !== null) return;
    this.#failureCount = 0;
    this.#sendAfter(0);
  }

  /** Nothing is taken from now on. Sends what waits, unless the collector is away. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#sending;
    while (this.#waiting.length > 0 && this.#problem === null) await this.#send();
  }

  /** A full batch does not wait for its time, unless the collector is away. */
  #hurry(): void {
    if (this.#isHurried || this.#sending !== null || this.#problem !== null) return;
    this.#isHurried = true;
    this.#sendAfter(0);
  }

  #sendAfter(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#isHurried = false;
      this.#sending = this.#send().finally(() => {
        this.#sending = null;
        this.#goOn();
      });
    });
  }

  #goOn(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#isClosed || this.#waiting.length === 0) return;
    const pauseMs = Math.min(batchMs * 2 ** this.#failureCount, longestPauseMs);
    this.#sendAfter(this.#problem === null && this.#waiting.length >= maxBatchCount ? 0 : pauseMs);
  }

  /** Never rejects. */
  async #send(): Promise<void> {
    const { clock, logger, onChanged, send } = this.#options;
    const batch = this.#waiting.splice(0, maxBatchCount);
    try {
      const rejectedCount = Math.min(await send(batch), batch.length);
      this.#sentCount += batch.length - rejectedCount;
      this.#droppedCount += rejectedCount;
      this.#lastSentAt = clock.wallMs();
      if (this.#problem !== null) logger.info('Spans are sent again', { count: this.#droppedCount });
      this.#problem = null;
      this.#failureCount = 0;
    } catch (error) {
      this.#failed(batch, error);
    }
    onChanged();
  }

  #failed(batch: readonly EndedSpan[], error: unknown): void {
    const problem = isAppError(error) ? error : unexpected(error);
    const { code, driverCode } = problem;
    if (this.#problem === null) this.#options.logger.warn('Spans could not be sent', { code, driverCode });
    const room = problem.retryable ? maxWaitingCount - this.#waiting.length : 0;
    const kept = batch.slice(0, room);
    this.#waiting = [...kept, ...this.#waiting];
    this.#droppedCount += batch.length - kept.length;
    this.#problem = problem;
    this.#failureCount += 1;
  }
}

const unexpected = (cause: unknown): AppError =>
  new AppError('INTERNAL', { title: 'Mooring could not put the spans together', cause });
