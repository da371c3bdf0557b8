import type { CallInput, CallName, CallOutput } from './contract.ts';
import type { Answer } from './envelope.ts';
import type { EventName, EventPayload } from './events.ts';
import type { StreamInput, StreamMessage, StreamName } from './streams.ts';

type Topic<Name extends string> = Name extends `${infer Head}.${string}` ? Head : never;
type Verb<Name extends string, Head extends string> = Name extends `${Head}.${infer Tail}` ? Tail : never;

/** `api.dataSources.list(callId, input)`: one named function for each call of the contract. */
export type CallVerbs = {
  readonly [Head in Topic<CallName>]: {
    readonly [Tail in Verb<CallName, Head>]: (
      callId: string,
      input: CallInput<`${Head}.${Tail}` & CallName>,
    ) => Promise<Answer<CallOutput<`${Head}.${Tail}` & CallName>>>;
  };
};

/**
 * What the preload puts on `window.api`: named functions only, frozen. Listeners get the payload and never the event.
 */
export interface Bridge {
  readonly calls: CallVerbs;
  /** Cancels one running call of this window. Unknown or ended ids are ignored. */
  readonly cancel: (callId: string) => void;
  /** Listens to an event; the returned function stops. */
  readonly on: <Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ) => () => void;
  /**
   * Opens a stream. Listeners are called for each message until `end` or `error`; the returned handle acknowledges
   * and cancels.
   */
  readonly openStream: <Name extends StreamName>(
    name: Name,
    callId: string,
    input: StreamInput<Name>,
    onMessage: (message: StreamMessage) => void,
  ) => { readonly ack: (sequence: number) => void; readonly cancel: () => void };
}
