/** Stops what it stands for; works any number of times. */
export interface Disposable {
  dispose(): void;
}

/**
 * A typed event with any number of listeners. A listener that throws neither keeps the others from being called nor
 * fails who emits: its error is an unhandled rejection, which the app logs and survives (`platform/followSystem`).
 */
export class Emitter<Payload> {
  readonly #listeners = new Set<(payload: Payload) => void>();

  on(listener: (payload: Payload) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  emit(payload: Payload): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(payload);
      } catch (error) {
        // Not thrown on a microtask: an exception that nobody catches ends the app.
        void Promise.reject(error);
      }
    }
  }
}
