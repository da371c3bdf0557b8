import { streamChannelOf } from '../../shared/ipc/channels.ts';
import { isEndless, type StreamName, streamNames, streams } from '../../shared/ipc/streams.ts';
import { isAppError, toErrorDto } from '../base/AppError.ts';
import { untilAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import { withCorrelation } from '../observability/correlation.ts';
import type { Instrumentation } from '../observability/Instrumentation.ts';
import type { LogFields, Logger } from '../observability/Logger.ts';
import { AcknowledgedPort } from './AcknowledgedPort.ts';
import { appLocked, shuttingDown } from './doorErrors.ts';
import type { CallContext, DoorHandlers, StreamEnd } from './handlerTypes.ts';
import type { InFlight } from './InFlight.ts';
import type { AdmittedRequest, IpcGate } from './IpcGate.ts';
import type { IpcTransport, PortSenderEvent } from './ipcTransport.ts';
import type { OutcomeLog } from './OutcomeLog.ts';

type Batches = AsyncGenerator<unknown, StreamEnd, void>;

export interface StreamServerOptions {
  readonly gate: IpcGate;
  readonly inFlight: InFlight;
  readonly handlers: () => Promise<DoorHandlers>;
  readonly isLocked: () => boolean;
  readonly outcomes: OutcomeLog;
  readonly instrumentation: Instrumentation;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Serves the streams of `shared/ipc/streams`: one port each, one unacknowledged batch at a time. */
export class StreamServer {
  readonly #options: StreamServerOptions;
  #closed = false;

  constructor(options: StreamServerOptions) {
    this.#options = options;
  }

  /** Registers one channel for each stream. */
  register(transport: IpcTransport): void {
    for (const name of streamNames) {
      transport.on(streamChannelOf(name), (event, ...args) => void this.#open(name, event, args));
    }
  }

  /** From now on every stream is answered with SHUTTING_DOWN. */
  close(): void {
    this.#closed = true;
  }

  /** Runs without an `await` up to the first batch, so that the gate sees the sender as it was when it sent. */
  async #open(name: StreamName, event: PortSenderEvent, args: readonly unknown[]): Promise<void> {
    const startedAtMs = this.#options.clock.monotonicMs();
    const [firstPort, ...surplusPorts] = event.ports;
    for (const surplus of surplusPorts) surplus.close();
    // Without a port there is nobody to tell; our own preload always sends one.
    if (firstPort === undefined) return;
    const port = new AcknowledgedPort(firstPort, this.#options.clock);
    try {
      const request = this.#options.gate.admitRequest(rulesOf(name), event, args);
      await withCorrelation(request.callId, () => this.#serve(name, request, port, startedAtMs));
    } catch (error) {
      this.#options.outcomes.failed('Stream refused', this.#fields(name, startedAtMs), error);
      port.finish({ type: 'error', error: toErrorDto(error, null) });
    }
  }

  async #serve(
    name: StreamName,
    request: AdmittedRequest<unknown>,
    port: AcknowledgedPort,
    startedAtMs: number,
  ): Promise<void> {
    const { outcomes, instrumentation } = this.#options;
    try {
      const work = () => this.#run(name, request, port);
      const { complete } = await instrumentation.run({ kind: 'stream', name }, work);
      outcomes.succeeded('Stream ended', this.#fields(name, startedAtMs));
      port.finish({ type: 'end', complete });
    } catch (error) {
      const isClosed = isEndless(name) && isAppError(error) && error.code === 'CANCELLED';
      if (isClosed) outcomes.succeeded('Stream closed', this.#fields(name, startedAtMs));
      else outcomes.failed('Stream failed', this.#fields(name, startedAtMs), error);
      port.finish({ type: 'error', error: toErrorDto(error, request.callId) });
    }
  }

  async #run(
    name: StreamName,
    request: AdmittedRequest<unknown>,
    port: AcknowledgedPort,
  ): Promise<StreamEnd> {
    if (this.#closed) throw shuttingDown();
    const ticket = this.#options.inFlight.begin(request.senderId, request.callId, false);
    const signal = AbortSignal.any([ticket.signal, port.signal]);
    try {
      const { streamHandlers } = await untilAborted(signal, this.#options.handlers());
      if (this.#options.isLocked()) throw appLocked();
      // TypeScript cannot see that handler and input are of the same stream; the schema has checked it.
      const open = streamHandlers[name] as (input: unknown, context: CallContext) => Batches;
      return await this.#sendAll(name, open(request.input, { callId: request.callId, signal }), signal, port);
    } finally {
      ticket.end();
    }
  }

  /** Each wait ends when the signal aborts, also when the generator never looks at it. */
  async #sendAll(
    name: StreamName,
    batches: Batches,
    signal: AbortSignal,
    port: AcknowledgedPort,
  ): Promise<StreamEnd> {
    try {
      for (;;) {
        const step = await untilAborted(signal, batches.next());
        if (step.done) return step.value;
        await port.sendBatch(streams[name].batch.parse(step.value), signal);
      }
    } finally {
      void this.#dispose(name, batches);
    }
  }

  /** Lets the generator's `finally` blocks run; does nothing when it has ended already. */
  async #dispose(name: StreamName, batches: Batches): Promise<void> {
    try {
      await batches.return({ complete: false });
    } catch (error) {
      this.#options.logger.warn('A stream did not end cleanly', { stream: name }, error);
    }
  }

  #fields(stream: StreamName, startedAtMs: number): LogFields {
    return { stream, durationMs: Math.round(this.#options.clock.monotonicMs() - startedAtMs) };
  }
}

function rulesOf(name: StreamName) {
  const { input, maxBytes } = streams[name];
  return { channel: streamChannelOf(name), input, maxBytes };
}
