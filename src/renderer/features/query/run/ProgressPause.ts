import type { RunMessage } from '../../../../shared/model/query.ts';
import type { ResultId } from '../../../../shared/model/results.ts';
import type { StreamListener } from '../../../lib/api.ts';

/** How often it looks whether the keys rest. */
const lookMs = 200;
/** Whoever types for long still sees rows come. */
const longestMs = 3_000;

export interface ProgressPausePorts {
  readonly isTyping: () => boolean;
  readonly after: (delayMs: number, work: () => void) => unknown;
}

/**
 * Holds back how many rows have come while somebody types: to draw that takes as long as a frame, for which the next key
 * would wait. Everything else a run says passes at once, with what was held back before it.
 */
export class ProgressPause implements StreamListener<'query.run'> {
  readonly #listener: StreamListener<'query.run'>;
  readonly #ports: ProgressPausePorts;
  /** Results of which the first rows were told. */
  readonly #begun = new Set<ResultId>();
  #held: RunMessage[] = [];
  #heldMs = 0;
  #isLooking = false;

  constructor(listener: StreamListener<'query.run'>, ports: ProgressPausePorts) {
    this.#listener = listener;
    this.#ports = ports;
  }

  onBatch(batch: readonly RunMessage[]): void {
    this.#held.push(...batch);
    if (!this.#ports.isTyping() || !batch.every((message) => this.#isProgress(message))) this.#tell();
    else if (!this.#isLooking) this.#look();
  }

  onEnd(complete: boolean): void {
    this.#tell();
    this.#listener.onEnd(complete);
  }

  onError(error: unknown): void {
    this.#tell();
    this.#listener.onError(error);
  }

  #isProgress(message: RunMessage): boolean {
    if (message.type === 'sent') return true;
    return message.type === 'rows' && !message.isComplete && this.#begun.has(message.resultId);
  }

  #look(): void {
    this.#isLooking = true;
    this.#ports.after(lookMs, () => {
      this.#isLooking = false;
      this.#heldMs += lookMs;
      if (this.#ports.isTyping() && this.#heldMs < longestMs) this.#look();
      else this.#tell();
    });
  }

  #tell(): void {
    const messages = this.#held;
    this.#held = [];
    this.#heldMs = 0;
    if (messages.length === 0) return;
    for (const message of messages) {
      if (message.type === 'rows' && message.rowCount > 0) this.#begun.add(message.resultId);
    }
    void this.#listener.onBatch(messages);
  }
}
