import { type StreamMessage, streamReplySchema } from '../../shared/ipc/streams.ts';
import { AppError, cancelledError } from '../base/AppError.ts';
import { abortReason, onAbort, throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { invalidInput, windowGone } from './doorErrors.ts';
import type { StreamPort } from './ipcTransport.ts';
import { checkPayloadSize } from './payloadSize.ts';

/** An acknowledgement is two short keys and a number. */
const replyMaxBytes = 128;

/** A window that reads nothing for this long gives the server's cursor back. */
const acknowledgeTimeoutMs = 5 * 60_000;

/** Our end of a stream's port: at most one batch is under way, the next goes out when it was acknowledged. */
export class AcknowledgedPort {
  readonly #port: StreamPort;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  #sequence = -1;
  #acknowledged: (() => void) | null = null;

  constructor(port: StreamPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    port.on('message', (message) => this.#receive(message.data));
    port.on('close', () => this.#closed.abort(windowGone()));
    port.start();
  }

  /** Aborts when the window cancels, closes its end or breaks the rules; the reason is an AppError. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /**
   * Sends one batch and waits until the window has taken it. Must not be called again before it settled.
   * @param signal ends the wait; it must abort when this port's own signal does
   * @throws the signal's reason; AppError CANCELLED when the window stays silent
   */
  async sendBatch(batch: unknown, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    this.#sequence += 1;
    const acknowledged = this.#nextAcknowledgement(signal);
    this.#post({ type: 'batch', sequence: this.#sequence, batch });
    await acknowledged;
  }

  /** Sends the last message and closes. */
  finish(message: Exclude<StreamMessage, { type: 'batch' }>): void {
    this.#post(message);
    this.#port.close();
  }

  #post(message: StreamMessage): void {
    this.#port.postMessage(message);
  }

  #nextAcknowledgement(signal: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = this.#clock.after(acknowledgeTimeoutMs, () => this.#closed.abort(unread()));
      const listening = onAbort(signal, () => {
        timer.cancel();
        reject(abortReason(signal));
      });
      this.#acknowledged = () => {
        timer.cancel();
        listening.dispose();
        resolve();
      };
    });
  }

  #receive(data: unknown): void {
    try {
      checkPayloadSize(data, replyMaxBytes);
    } catch (error) {
      this.#closed.abort(error);
      return;
    }
    const { data: reply } = streamReplySchema.safeParse(data);
    if (reply?.type === 'cancel') this.#closed.abort(cancelledError());
    else if (reply === undefined || !this.#takeAcknowledgement(reply.sequence)) {
      this.#closed.abort(invalidInput('The window acknowledged rows that were not sent.'));
    }
  }

  /** False when no batch with this number is waiting. */
  #takeAcknowledgement(sequence: number): boolean {
    const acknowledged = this.#acknowledged;
    if (acknowledged === null || sequence !== this.#sequence) return false;
    this.#acknowledged = null;
    acknowledged();
    return true;
  }
}

function unread(): AppError {
  return new AppError('CANCELLED', {
    title: 'The rows were not read in time',
    detail: 'The window requested no more rows for five minutes, so the query was ended.',
    fixes: ['Open the rows again.'],
  });
}
