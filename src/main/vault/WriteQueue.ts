interface Line {
  /** Settles when the last write asked for has ended; never rejects. */
  tail: Promise<unknown>;
  waitingCount: number;
  supersededCount: number;
}

/** Lets the writes to one key run one after another, in the order asked for; other keys do not wait. */
export class WriteQueue {
  readonly #lines = new Map<string, Line>();

  /**
   * Runs `work` when the writes before it have ended, however they ended.
   * @param work is told how to find out whether `supersede` was called after it was asked for
   */
  run<Value>(key: string, work: (isSuperseded: () => boolean) => Promise<Value>): Promise<Value> {
    const line = this.#lines.get(key) ?? { tail: Promise.resolve(), waitingCount: 0, supersededCount: 0 };
    this.#lines.set(key, line);
    const asked = line.supersededCount;
    line.waitingCount += 1;
    const result = line.tail.then(() => work(() => line.supersededCount !== asked));
    line.tail = result.catch(() => undefined).finally(() => this.#leave(key, line));
    return result;
  }

  /** Says that something later than all writes now running or waiting has been done, which they must not undo. */
  supersede(key: string): void {
    const line = this.#lines.get(key);
    if (line !== undefined) line.supersededCount += 1;
  }

  #leave(key: string, line: Line): void {
    line.waitingCount -= 1;
    if (line.waitingCount === 0) this.#lines.delete(key);
  }
}
