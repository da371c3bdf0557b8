import type { AuditedAs } from '../../shared/ipc/auditedCall.ts';
import { cancelChannel, channelOf } from '../../shared/ipc/channels.ts';
import { type CallName, callNames, cancelSchema, contract } from '../../shared/ipc/contract.ts';
import type { Answer } from '../../shared/ipc/envelope.ts';
import type { AuditedCall, CallAudit } from '../audit/CallAudit.ts';
import { toErrorDto } from '../base/AppError.ts';
import { untilAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { withCorrelation } from '../observability/correlation.ts';
import type { Instrumentation } from '../observability/Instrumentation.ts';
import type { LogFields, Logger } from '../observability/Logger.ts';
import { appLocked, shuttingDown } from './doorErrors.ts';
import type { CallContext, DoorHandlers } from './handlerTypes.ts';
import type { InFlight, Ticket } from './InFlight.ts';
import type { AdmittedRequest, IpcGate } from './IpcGate.ts';
import type { IpcTransport, SenderEvent } from './ipcTransport.ts';
import type { OutcomeLog } from './OutcomeLog.ts';

/** A cancel is one id. */
const cancelMaxBytes = 128;

export interface CallServerOptions {
  readonly gate: IpcGate;
  readonly inFlight: InFlight;
  readonly handlers: () => Promise<DoorHandlers>;
  readonly isLocked: () => boolean;
  readonly audit: CallAudit;
  readonly outcomes: OutcomeLog;
  readonly instrumentation: Instrumentation;
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
      this.#refused(name, error);
      this.#options.outcomes.failed('Call refused', this.#fields(name, startedAtMs), error);
      return { ok: false, error: toErrorDto(error, null) };
    }
  }

  async #answerRequest(
    name: CallName,
    request: AdmittedRequest<unknown>,
    startedAtMs: number,
  ): Promise<Answer<unknown>> {
    try {
      const { instrumentation } = this.#options;
      const value = await instrumentation.run({ kind: 'call', name }, () => this.#run(name, request));
      this.#options.outcomes.succeeded('Call answered', this.#fields(name, startedAtMs));
      return { ok: true, value };
    } catch (error) {
      this.#options.outcomes.failed('Call failed', this.#fields(name, startedAtMs), error);
      const told = this.#isLockedFor(name) ? appLocked() : error;
      return { ok: false, error: toErrorDto(told, request.callId) };
    }
  }

  async #run(name: CallName, request: AdmittedRequest<unknown>): Promise<unknown> {
    const { ticket, callHandlers } = await this.#admit(name, request);
    try {
      // TypeScript cannot see that handler and input are of the same call; the contract's schema has checked it.
      const handler = callHandlers[name] as (input: unknown, context: CallContext) => unknown;
      const work = () => handler(request.input, { callId: request.callId, signal: ticket.signal });
      const audited = auditedCall(name, request.input);
      const output = await (audited === null ? work() : this.#options.audit.run(audited, work));
      // It was locked meanwhile, and the handler did not look at its signal.
      if (this.#isLockedFor(name)) throw appLocked();
      return contract[name].output.parse(output);
    } finally {
      ticket.end();
    }
  }

  /** What is refused here has not reached a handler. */
  async #admit(name: CallName, { senderId, callId }: AdmittedRequest<unknown>) {
    let ticket: Ticket | null = null;
    try {
      if (this.#closed) throw shuttingDown();
      ticket = this.#options.inFlight.begin(senderId, callId, contract[name].whileLocked);
      const { callHandlers } = await untilAborted(ticket.signal, this.#options.handlers());
      // Asked only now: whether the app starts locked is for the services to know.
      if (this.#isLockedFor(name)) throw appLocked();
      return { ticket, callHandlers };
    } catch (error) {
      ticket?.end();
      this.#refused(name, error);
      throw error;
    }
  }

  #refused(name: CallName, error: unknown): void {
    const { audited } = contract[name];
    if (audited !== null) this.#options.audit.refused(audited.operation, error);
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
    return { call, durationMs, ...(contract[call].audited !== null && { audit: true }) };
  }
}

function rulesOf(name: CallName) {
  const { input, maxBytes } = contract[name];
  return { channel: channelOf(name), input, maxBytes };
}

/** Null for a call that is not audited. */
function auditedCall(name: CallName, input: unknown): AuditedCall | null {
  // As with the handler: the input, and the output that a handler of this call returns, are those of the contract.
  const audited = contract[name].audited as AuditedAs<unknown, unknown> | null;
  if (audited === null) return null;
  return { operation: audited.operation, facts: (output) => audited.facts?.(input, output) ?? {} };
}
