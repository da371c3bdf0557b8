import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/ipc/contract.ts';
import type { Answer } from '../../shared/ipc/envelope.ts';
import type { EventName, EventPayload } from '../../shared/ipc/events.ts';
import {
  type StreamBatch,
  type StreamInput,
  type StreamName,
  streamMessageSchema,
} from '../../shared/ipc/streams.ts';

declare global {
  interface Window {
    readonly api: Bridge;
  }
}

/** A failed call, with everything a person should read. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly dto: ErrorDto;

  constructor(dto: ErrorDto) {
    super(dto.title);
    this.dto = dto;
  }
}

export interface CallOptions {
  /** Given by callers that follow the call's events (`test.stage`); else made here. */
  readonly callId?: string;
  /** Aborting cancels the call in main, down to the socket; the promise then rejects with CANCELLED. */
  readonly signal?: AbortSignal;
}

type Invoke = (callId: string, input: unknown) => Promise<Answer<unknown>>;

/**
 * Calls main. This file is the only reader of `window.api`.
 * @throws ApiError
 */
export async function call<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
  options: CallOptions = {},
): Promise<CallOutput<Name>> {
  const [topic, verb] = name.split('.') as [string, string];
  const calls = window.api.calls as unknown as Record<string, Record<string, Invoke>>;
  const invoke = calls[topic]?.[verb];
  if (invoke === undefined) throw new Error(`The preload does not know ${name}`);
  const callId = options.callId ?? crypto.randomUUID();
  const cancel = () => window.api.cancel(callId);
  options.signal?.addEventListener('abort', cancel, { once: true });
  try {
    const pending = invoke(callId, input);
    if (options.signal?.aborted) cancel();
    const answer = await pending;
    if (!answer.ok) throw new ApiError(answer.error);
    return answer.value as CallOutput<Name>;
  } finally {
    options.signal?.removeEventListener('abort', cancel);
  }
}

/** Listens to an event of main; the returned function stops. */
export function onEvent<Name extends EventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): () => void {
  return window.api.on(name, listener);
}

export interface StreamListener<Name extends StreamName> {
  /** May return a promise: the next batch is asked for when it has resolved. When it fails the stream is cancelled. */
  readonly onBatch: (batch: StreamBatch<Name>) => void | Promise<void>;
  /** @param complete false when the limit cut the result short */
  readonly onEnd: (complete: boolean) => void;
  /** Once, and nothing after it: an ApiError of main, or what `onBatch` failed with. */
  readonly onError: (error: unknown) => void;
}

/** Opens a stream of batches; the returned function cancels it down to the server. */
export function openStream<Name extends StreamName>(
  name: Name,
  input: StreamInput<Name>,
  listener: StreamListener<Name>,
): () => void {
  let isOver = false;
  const take = async (raw: unknown): Promise<void> => {
    const message = streamMessageSchema.parse(raw);
    if (message.type === 'end') listener.onEnd(message.complete);
    else if (message.type === 'error') listener.onError(new ApiError(message.error));
    else {
      await listener.onBatch(message.batch as StreamBatch<Name>);
      if (!isOver) handle.ack(message.sequence);
    }
  };
  const handle = window.api.openStream(name, crypto.randomUUID(), input, (raw) => {
    if (isOver) return;
    take(raw).catch((error: unknown) => {
      // Without an acknowledgement main would keep the connection until it gave up.
      cancel();
      listener.onError(error);
    });
  });
  const cancel = (): void => {
    isOver = true;
    handle.cancel();
  };
  return cancel;
}
