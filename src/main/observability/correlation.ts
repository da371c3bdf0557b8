import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Runs `work` so that everything it causes carries this correlation id. */
export function withCorrelation<Value>(correlationId: string, work: () => Value): Value {
  return storage.run(correlationId, work);
}

/** The correlation id of what is running, or null outside of any call. */
export function currentCorrelationId(): string | null {
  return storage.getStore() ?? null;
}
