import { unboundedController } from '../../base/abort.ts';

/**
 * Keeps a data source from logging in again after a failure that waiting cannot heal: repeated ones lock accounts.
 * Everybody who is about to connect asks it, before and after each wait; who is on the way is told by the signal.
 * Opened again by a person only.
 */
export class ConnectGate {
  #refusal: { readonly reason: unknown } | null = null;
  #closing = unboundedController();

  get isOpen(): boolean {
    return this.#refusal === null;
  }

  /** Why it is closed; undefined while it is open. */
  get reason(): unknown {
    return this.#refusal?.reason;
  }

  /** Aborts, with why as its reason, when the gate closes. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** The first reason stays: what follows from it says less. */
  close(reason: unknown): void {
    if (!this.isOpen) return;
    this.#refusal = { reason };
    this.#closing.abort(reason);
  }

  open(): void {
    if (this.isOpen) return;
    this.#refusal = null;
    this.#closing = unboundedController();
  }

  /** @throws why it is closed */
  requireOpen(): void {
    if (this.#refusal !== null) throw this.#refusal.reason;
  }
}
