import type { CallInput, CallName, CallOutput } from '../../shared/ipc/contract.ts';
import type { StreamBatch, StreamInput, StreamName } from '../../shared/ipc/streams.ts';

/** What the door gives to the one who answers a call or a stream. */
export interface CallContext {
  /** Made by the caller; also the correlation id of everything the call causes. */
  readonly callId: string;
  /** Aborts when the caller cancels, and when its window reloads, crashes or closes. */
  readonly signal: AbortSignal;
}

/** One handler for each call of the contract. Its input is already checked; what it throws is mapped to an error DTO. */
export type CallHandlers = {
  readonly [Name in CallName]: (
    input: CallInput<Name>,
    context: CallContext,
  ) => Promise<CallOutput<Name>> | CallOutput<Name>;
};

/** How a stream that did not fail came to its end. */
export interface StreamEnd {
  /** False when a limit cut the result short. */
  readonly complete: boolean;
}

/**
 * One handler for each stream. The next batch is asked for only when the window has acknowledged the last one.
 * On cancel the signal aborts and `return()` is called, so `finally` blocks run either way.
 */
export type StreamHandlers = {
  readonly [Name in StreamName]: (
    input: StreamInput<Name>,
    context: CallContext,
  ) => AsyncGenerator<StreamBatch<Name>, StreamEnd, void>;
};

/** All that the door calls. */
export interface DoorHandlers {
  readonly callHandlers: CallHandlers;
  readonly streamHandlers: StreamHandlers;
}

/** The handlers of one topic: `TopicHandlers<'demo'>` holds every `demo.…` call, none more and none less. */
export type TopicHandlers<Topic extends string> = Pick<CallHandlers, Extract<CallName, `${Topic}.${string}`>>;
