import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VaultProgress } from '../../shared/model/vault.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';

export type VaultStep = Omit<VaultProgress, 'callId'>;

/** Who waits for a long operation: can give it up, and hears how far it is. */
export interface LongWork {
  readonly signal: AbortSignal;
  onProgress(progress: VaultStep): void;
}

/** Longest work without letting anything else run; what follows the last pause comes on top. */
const sliceMs = 6;

/** Cuts long work into slices, between which windows and connections get their turn. */
export class WorkSlices {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  #startedMs: number;

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    this.#startedMs = clock.monotonicMs();
  }

  /** Lets others run when it is time. @throws CANCELLED, or the reason of the signal's abort */
  async pauseWhenDue(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#startedMs >= sliceMs) await this.pause();
    else throwIfAborted(this.#signal);
  }

  /** Lets others run in any case. */
  async pause(): Promise<void> {
    await nextTurn();
    this.#startedMs = this.#clock.monotonicMs();
    throwIfAborted(this.#signal);
  }
}
