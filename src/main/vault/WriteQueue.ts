interface Line {
  /** Settles when the last write asked for has ended; never rejects. */
  tail: Promise<unknown>;
  waitingCount: number;
}

/** Lets the writes to one key run one after another, in the order asked for; other keys do not wait. */
export class WriteQueue {
  readonly #lines = new Map<string, Line>();

  /** Runs `work` when the writes before it have ended, however they ended. */
  run<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const line = this.#lines.get(key) ?? { tail: Promise.resolve(), waitingCount: 0 };
    this.#lines.set(key, line);
    line.waitingCount += 1;
    const result = line.tail.then(work);
    line.tail = result.catch(() => undefined).finally(() => this.#leave(key, line));
    return result;
  }

  #leave(key: string, line: Line): void {
    line.waitingCount -= 1;
    if (line.waitingCount === 0) this.#lines.delete(key);
  }
}
