import type { z } from 'zod';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { HelperProcess } from './KeychainProcess.ts';
import { keychainHelperFailed } from './keychainErrors.ts';
import type { KeychainRequest } from './keychainMessages.ts';

/** Who waits for the next message. */
interface Waiting {
  receive(message: unknown): void;
  fail(error: AppError): void;
}

/** A helper process and the one message that is awaited of it. Once it is gone it stays gone. */
export class RunningHelper {
  readonly #process: HelperProcess;
  readonly #clock: Clock;
  #waiting: Waiting | null = null;
  #isGone = false;

  constructor(process: HelperProcess, clock: Clock) {
    this.#process = process;
    this.#clock = clock;
    process.onMessage((message) => this.#receive(message));
    process.onExit(() => this.kill(keychainHelperFailed()));
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Sends the request and awaits its answer. */
  ask<Message>(
    request: KeychainRequest,
    schema: z.ZodType<Message>,
    limitMs: number,
    lateError: () => AppError,
  ): Promise<Message> {
    const answer = this.next(schema, limitMs, lateError);
    if (!this.#isGone) this.#process.post(request);
    return answer;
  }

  /**
   * The next message. A helper that is late or says something else is killed.
   * @throws `lateError` after `limitMs`, the reason of `kill`, or VAULT_UNAVAILABLE when the helper ends by itself
   */
  next<Message>(schema: z.ZodType<Message>, limitMs: number, lateError: () => AppError): Promise<Message> {
    if (this.#isGone) return Promise.reject(keychainHelperFailed());
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(limitMs, () => this.kill(lateError()));
      this.#waiting = {
        receive: (message) => {
          timer.cancel();
          const parsed = schema.safeParse(message);
          if (parsed.success) resolve(parsed.data);
          else this.#breach(reject);
        },
        fail: (error) => {
          timer.cancel();
          reject(error);
        },
      };
    });
  }

  /** Ends the process at once; who waits for it gets the reason. */
  kill(reason: AppError): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#process.kill();
    this.#take()?.fail(reason);
  }

  #receive(message: unknown): void {
    if (this.#isGone) return;
    const waiting = this.#take();
    if (waiting === null) this.kill(keychainHelperFailed());
    else waiting.receive(message);
  }

  #breach(reject: (error: AppError) => void): void {
    const error = keychainHelperFailed();
    this.kill(error);
    reject(error);
  }

  #take(): Waiting | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting;
  }
}
