/** Runs one piece of work at a time, in the order in which they were asked for. */
export class SerialQueue {
  /** Settles when everything asked for so far has ended. Never rejects, and holds no value: that may be a secret. */
  #tail: Promise<void> = Promise.resolve();
  #count = 0;

  /** Whether nothing runs or waits. */
  get isIdle(): boolean {
    return this.#count === 0;
  }

  /** Runs `work` when all work before it has ended, however it ended. @throws what `work` throws */
  run<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#count += 1;
    const result = this.#tail.then(work);
    const over = () => {
      this.#count -= 1;
    };
    this.#tail = result.then(over, over);
    return result;
  }
}

/** A serial queue for each key. Different keys do not wait for each other, and a key without work costs no memory. */
export class KeyedSerialQueue {
  readonly #queues = new Map<string, SerialQueue>();

  /** Runs `work` when all work before it with the same key has ended. @throws what `work` throws */
  async run<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const queue = this.#queues.get(key) ?? new SerialQueue();
    this.#queues.set(key, queue);
    try {
      return await queue.run(work);
    } finally {
      if (queue.isIdle) this.#queues.delete(key);
    }
  }
}
