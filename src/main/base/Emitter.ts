/** Stops what it stands for; works any number of times. */
export interface Disposable {
  dispose(): void;
}

/** A typed event with any number of listeners; a listener that throws does not keep the others from being called. */
export class Emitter<Payload> {
  readonly #listeners = new Set<(payload: Payload) => void>();
  readonly #onListenerError: (error: unknown) => void;

  /** @param onListenerError called with what a listener threw; the default rethrows on a microtask, so it is seen. */
  constructor(
    onListenerError: (error: unknown) => void = (error) =>
      queueMicrotask(() => {
        throw error;
      }),
  ) {
    this.#onListenerError = onListenerError;
  }

  on(listener: (payload: Payload) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  emit(payload: Payload): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(payload);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
