import type { RestConfig } from '../../../shared/engines/rest/config.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import { type AppError, cancelledError } from '../../base/AppError.ts';
import { onAbort, throwIfAborted, unboundedController, withDeadline } from '../../base/abort.ts';
import { Semaphore } from '../../base/async/Semaphore.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { Connection, QueryOptions } from '../Connection.ts';
import type { ApiSession, IncomingAnswer, OutgoingRequest, SendOptions } from './ApiSession.ts';
import type { Redactor } from './client/Redactor.ts';
import type { RequestSender } from './client/RequestSender.ts';
import type { Transport } from './client/Transport.ts';
import { requestTimeoutError } from './errors/answerErrors.ts';

export interface RestConnectionParts {
  readonly config: RestConfig;
  readonly isReadOnly: boolean;
  readonly base: URL;
  readonly transport: Transport;
  readonly sender: RequestSender;
  readonly redactor: Redactor;
  readonly queryMs: number;
  readonly clock: Clock;
}

interface Running {
  readonly controller: AbortController;
  readonly result: Promise<unknown>;
}

/**
 * A connection to an API: one socket, which is opened again when the server has closed it. Requests follow each other.
 */
export class RestConnection implements Connection, ApiSession {
  readonly backendId = null;
  readonly isInTransaction = false;
  readonly isTransactionFailed = false;
  readonly #parts: RestConnectionParts;
  readonly #onClosed = new Emitter<AppError | null>();
  readonly #line = new Semaphore(1);
  readonly #running = new Set<Running>();
  #isClosed = false;
  /** That of the last request, for the next one: to make one takes longer than all else that is done here. */
  #spare: AbortController | null = null;
  /** While it is being cancelled nothing is let in. */
  #cancelling: Promise<void> | null = null;

  constructor(parts: RestConnectionParts) {
    this.#parts = parts;
  }

  get config(): RestConfig {
    return this.#parts.config;
  }

  get isReadOnly(): boolean {
    return this.#parts.isReadOnly;
  }

  get redactor(): Redactor {
    return this.#parts.redactor;
  }

  get tls(): TlsState {
    const { transport, base } = this.#parts;
    return transport.wayTo(base)?.tls ?? { active: false };
  }

  get isUsable(): boolean {
    return !this.#isClosed;
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  onClosed(listener: (reason: AppError | null) => void): Disposable {
    return this.#onClosed.on(listener);
  }

  async send(request: OutgoingRequest, options: SendOptions): Promise<IncomingAnswer> {
    const { sender, redactor } = this.#parts;
    try {
      return await this.#run(options.signal, (controller) => sender.send(request, options, controller));
    } catch (error) {
      throw redactor.error(error);
    }
  }

  /** By the socket that was used a moment ago, or by a new one: no request is spent on it. */
  ping({ signal, timeoutMs = this.#parts.queryMs }: QueryOptions): Promise<void> {
    const { transport, base, clock } = this.#parts;
    const timeout = () => requestTimeoutError('Opening', base.origin, timeoutMs);
    return this.#run(signal, (limited) =>
      withDeadline(clock, limited.signal, timeoutMs, timeout, (bounded) => transport.reach(base, bounded)),
    );
  }

  async cancelRunning(): Promise<void> {
    const running = [...this.#running];
    for (const { controller } of running) controller.abort(cancelledError());
    const over = Promise.allSettled(running.map(({ result }) => result)).then(() => undefined);
    this.#cancelling = over;
    await over;
    if (this.#cancelling === over) this.#cancelling = null;
  }

  async close(): Promise<void> {
    await this.cancelRunning();
    this.destroy();
  }

  destroy(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { controller } of this.#running) controller.abort(cancelledError());
    this.#parts.transport.destroy();
    this.#onClosed.emit(null);
  }

  async #run<Value>(
    signal: AbortSignal,
    work: (controller: AbortController) => Promise<Value>,
  ): Promise<Value> {
    throwIfAborted(signal);
    if (this.#cancelling !== null) await this.#cancelling;
    if (this.#isClosed) throw cancelledError();
    const controller = this.#spare ?? unboundedController();
    this.#spare = null;
    const listening = onAbort(signal, () => controller.abort(signal.reason));
    const result = this.#line.run(controller.signal, () => work(controller));
    const running = { controller, result };
    this.#running.add(running);
    try {
      return await result;
    } finally {
      this.#running.delete(running);
      listening.dispose();
      if (!controller.signal.aborted) this.#spare = controller;
    }
  }
}
