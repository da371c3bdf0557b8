import { cancelChannel, channelOf } from '../../shared/ipc/channels.ts';
import { type CallName, callNames, cancelSchema, contract } from '../../shared/ipc/contract.ts';
import type { Answer } from '../../shared/ipc/envelope.ts';
import { toErrorDto } from '../base/AppError.ts';
import { untilAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { withCorrelation } from '../observability/correlation.ts';
import type { LogFields, Logger } from '../observability/Logger.ts';
import { appLocked, shuttingDown } from './doorErrors.ts';
import type { CallContext, DoorHandlers } from './handlerTypes.ts';
import type { InFlight } from './InFlight.ts';
import type { AdmittedRequest, IpcGate } from './IpcGate.ts';
import type { IpcTransport, SenderEvent } from './ipcTransport.ts';
import { logFailure, logSuccess } from './logOutcome.ts';

/** A cancel is one id. */
const cancelMaxBytes = 128;

export interface CallServerOptions {
  readonly gate: IpcGate;
  readonly inFlight: InFlight;
  readonly handlers: () => Promise<DoorHandlers>;
  readonly isLocked: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Answers every call of the contract, and cancels them. Never throws across the door: failures are answers too. */
export class CallServer {
  readonly #options: CallServerOptions;
  #closed = false;

  constructor(options: CallServerOptions) {
    this.#options = options;
  }

  /** Registers one channel for each call of the contract, and the cancel channel. */
  register(transport: IpcTransport): void {
    for (const name of callNames) {
      transport.handle(channelOf(name), (event, ...args) => this.#answer(name, event, args));
    }
    transport.on(cancelChannel, (event, ...args) => this.#cancel(event, args));
  }

  /** From now on every call is answered with SHUTTING_DOWN. */
  close(): void {
    this.#closed = true;
  }

  /** Runs without an `await` up to the handler, so that the gate sees the sender as it was when it sent. */
  async #answer(name: CallName, event: SenderEvent, args: readonly unknown[]): Promise<Answer<unknown>> {
    const startedAtMs = this.#options.clock.monotonicMs();
    try {
      const request = this.#options.gate.admitRequest(rulesOf(name), event, args);
      return await withCorrelation(request.callId, () => this.#answerRequest(name, request, startedAtMs));
    } catch (error) {
      logFailure(this.#options.logger, 'Call refused', this.#fields(name, startedAtMs), error);
      return { ok: false, error: toErrorDto(error, null) };
    }
  }

  async #answerRequest(
    name: CallName,
    request: AdmittedRequest<unknown>,
    startedAtMs: number,
  ): Promise<Answer<unknown>> {
    const { logger } = this.#options;
    try {
      const value = await this.#run(name, request);
      logSuccess(logger, 'Call answered', this.#fields(name, startedAtMs));
      return { ok: true, value };
    } catch (error) {
      logFailure(logger, 'Call failed', this.#fields(name, startedAtMs), error);
      const told = this.#isLockedFor(name) ? appLocked() : error;
      return { ok: false, error: toErrorDto(told, request.callId) };
    }
  }

  async #run(name: CallName, request: AdmittedRequest<unknown>): Promise<unknown> {
    if (this.#closed) throw shuttingDown();
    const { whileLocked } = contract[name];
    const ticket = this.#options.inFlight.begin(request.senderId, request.callId, whileLocked);
    try {
      const { callHandlers } = await untilAborted(ticket.signal, this.#options.handlers());
      // Asked only now: whether the app starts locked is for the services to know.
      if (this.#isLockedFor(name)) throw appLocked();
      // TypeScript cannot see that handler and input are of the same call; the contract's schema has checked it.
      const handler = callHandlers[name] as (input: unknown, context: CallContext) => unknown;
      const output = await handler(request.input, { callId: request.callId, signal: ticket.signal });
      // It was locked meanwhile, and the handler did not look at its signal.
      if (this.#isLockedFor(name)) throw appLocked();
      return contract[name].output.parse(output);
    } finally {
      ticket.end();
    }
  }

  #isLockedFor(name: CallName): boolean {
    return !contract[name].whileLocked && this.#options.isLocked();
  }

  #cancel(event: SenderEvent, args: readonly unknown[]): void {
    const rules = { channel: cancelChannel, input: cancelSchema, maxBytes: cancelMaxBytes };
    try {
      const { callId } = this.#options.gate.admitMessage(rules, event, args);
      this.#options.inFlight.cancel(event.sender.id, callId);
    } catch (error) {
      this.#options.logger.debug('Refused a cancel', { code: toErrorDto(error, null).code });
    }
  }

  #fields(call: CallName, startedAtMs: number): LogFields {
    const durationMs = Math.round(this.#options.clock.monotonicMs() - startedAtMs);
    return { call, durationMs, ...(contract[call].audited ? { audit: true } : {}) };
  }
}

function rulesOf(name: CallName) {
  const { input, maxBytes } = contract[name];
  return { channel: channelOf(name), input, maxBytes };
}
