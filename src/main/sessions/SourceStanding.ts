import type { DataSourceId } from '../../shared/model/ids.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { toErrorDto } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';

export interface SourceStandingOptions {
  readonly dataSourceId: DataSourceId;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onState: (state: SourceState) => void;
}

/** The state of one data source as people see it. Every change is logged and told once; what is no change, not at all. */
export class SourceStanding {
  readonly #options: SourceStandingOptions;
  #state: SourceState = { status: 'idle' };

  constructor(options: SourceStandingOptions) {
    this.#options = options;
  }

  get state(): SourceState {
    return this.#state;
  }

  /** Connections work, all or some. */
  get isOpen(): boolean {
    return this.#state.status === 'ready' || this.#state.status === 'degraded';
  }

  /** It is tried again by itself. */
  get isWaiting(): boolean {
    return this.#state.status === 'reconnecting' || this.#state.status === 'open-circuit';
  }

  connecting(): void {
    if (this.#state.status !== 'connecting') this.#set({ status: 'connecting', since: this.#wallMs() });
  }

  ready(): void {
    if (this.#state.status !== 'ready') this.#set({ status: 'ready', since: this.#wallMs() });
  }

  degraded(error: unknown): void {
    const reason = toErrorDto(error, null);
    // The same trouble again is no news.
    if (this.#state.status === 'degraded' && this.#state.reason.code === reason.code) return;
    this.#set({ status: 'degraded', since: this.#wallMs(), reason });
  }

  /** @param attempt the next one's number; null when the circuit is open */
  waiting(error: unknown, delayMs: number, attempt: number | null): void {
    const reason = toErrorDto(error, null);
    const at = this.#wallMs() + delayMs;
    const state: SourceState =
      attempt === null
        ? { status: 'open-circuit', until: at, reason }
        : { status: 'reconnecting', attempt, nextAt: at, reason };
    this.#set(state, delayMs);
  }

  failed(error: unknown): void {
    this.#set({ status: 'failed', since: this.#wallMs(), reason: toErrorDto(error, null) });
  }

  /** The last state; whoever closes it tells. */
  closing(): void {
    this.#state = { status: 'closing' };
  }

  #set(state: SourceState, delayMs?: number): void {
    if (this.#state.status === 'closing') return;
    this.#state = state;
    this.#options.logger.info('the state of a data source changed', {
      dataSourceId: this.#options.dataSourceId,
      status: state.status,
      attempt: 'attempt' in state ? state.attempt : undefined,
      delayMs,
      code: 'reason' in state ? state.reason.code : undefined,
    });
    this.#options.onState(state);
  }

  #wallMs(): number {
    return this.#options.clock.wallMs();
  }
}
