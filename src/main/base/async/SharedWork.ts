import { abortReason, onAbort, throwIfAborted } from '../abort.ts';

interface Round<Value> {
  readonly controller: AbortController;
  readonly result: Promise<Value>;
  waiterCount: number;
}

/**
 * Work that several callers want at the same time is done once. A caller that cancels leaves at once; the work itself is
 * cancelled when the last one leaves, who then waits until it has cleaned up.
 */
export class SharedWork<Value> {
  readonly #work: (signal: AbortSignal) => Promise<Value>;
  #round: Round<Value> | null = null;

  constructor(work: (signal: AbortSignal) => Promise<Value>) {
    this.#work = work;
  }

  /** Joins the work under way, or starts it. Rejects with the abort's reason when the caller's signal aborts. */
  async join(signal: AbortSignal): Promise<Value> {
    throwIfAborted(signal);
    const round = this.#round ?? this.#begin();
    round.waiterCount += 1;
    return new Promise<Value>((resolve, reject) => {
      const leaving = onAbort(signal, () => {
        round.waiterCount -= 1;
        if (round.waiterCount > 0) reject(abortReason(signal));
        else this.#cancelRound(round, abortReason(signal));
      });
      round.result.then(resolve, reject).finally(() => leaving.dispose());
    });
  }

  /** Cancels the work under way for all its callers. Nothing happens when there is none. */
  cancel(reason: Error): void {
    if (this.#round !== null) this.#cancelRound(this.#round, reason);
  }

  #begin(): Round<Value> {
    const controller = new AbortController();
    const result = this.#work(controller.signal);
    const round: Round<Value> = { controller, result, waiterCount: 0 };
    this.#round = round;
    const end = () => this.#forget(round);
    result.then(end, end);
    return round;
  }

  /** Whoever comes from now on starts a new round: this one is lost. */
  #cancelRound(round: Round<Value>, reason: unknown): void {
    this.#forget(round);
    round.controller.abort(reason);
  }

  #forget(round: Round<Value>): void {
    if (this.#round === round) this.#round = null;
  }
}
