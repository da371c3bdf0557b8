/** Stops what it stands for; works any number of times. */
export interface Disposable {
  dispose(): void;
}

/** A typed event with any number of listeners; a listener that throws does not keep the others from being called. */
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
        // On a microtask, so that it is seen and keeps nobody else from being called.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
