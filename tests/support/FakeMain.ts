import type { CallInput, CallName, CallOutput } from '../../src/shared/ipc/contract.ts';
import type { EventName, EventPayload } from '../../src/shared/ipc/events.ts';
import { settle } from './settle.ts';

interface PendingCall {
  readonly name: CallName;
  readonly input: unknown;
  readonly callId: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Main as the window's stores see it: each call waits until the test answers it, events come when the test says so. */
export class FakeMain {
  readonly calls: PendingCall[] = [];
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();

  readonly call = <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
    options: { callId?: string; signal?: AbortSignal } = {},
  ): Promise<CallOutput<Name>> =>
    new Promise((resolve, reject) => {
      const { callId, signal } = options;
      this.calls.push({
        name,
        input,
        callId,
        signal,
        resolve: (value) => resolve(value as CallOutput<Name>),
        reject,
      });
    });

  readonly onEvent = <Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): (() => void) => {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  push<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload as never);
  }

  listenerCount(name: EventName): number {
    return this.#listeners.get(name)?.size ?? 0;
  }

  /** The newest call of a name. */
  last(name: CallName): PendingCall {
    const found = this.calls.findLast((pending) => pending.name === name);
    if (found === undefined) throw new Error(`${name} was not called`);
    return found;
  }

  countOf(name: CallName): number {
    return this.calls.filter((pending) => pending.name === name).length;
  }

  /** Answers the newest call of a name, and lets what waits for it go on. */
  async answer<Name extends CallName>(name: Name, value: CallOutput<Name>): Promise<void> {
    this.last(name).resolve(value);
    await settle();
  }

  async fail(name: CallName, error: unknown): Promise<void> {
    this.last(name).reject(error);
    await settle();
  }
}
