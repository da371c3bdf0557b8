interface Due {
  readonly id: string;
  readonly at: number;
}

/** When each of many is due next, in the order of time: a binary heap. */
export class DueTimes {
  readonly #heap: Due[] = [];
  /** What counts; others in the heap have been changed since. */
  readonly #current = new Map<string, Due>();

  /** The next time of one; null when it has none. */
  of(id: string): number | null {
    return this.#current.get(id)?.at ?? null;
  }

  set(id: string, at: number | null): void {
    this.#current.delete(id);
    if (at === null) return;
    const due = { id, at };
    this.#current.set(id, due);
    this.#heap.push(due);
    this.#rise(this.#heap.length - 1);
    if (this.#heap.length > 2 * this.#current.size + 64) this.#tidy();
  }

  /** The earliest time of all; null when there is none. */
  get first(): number | null {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined) return null;
      if (this.#current.get(top.id) === top) return top.at;
      this.#dropTop();
    }
  }

  /** Takes the earliest of those due at a moment; null when none is. */
  takeDue(nowMs: number): string | null {
    const at = this.first;
    const top = this.#heap[0];
    if (at === null || top === undefined || at > nowMs) return null;
    this.#dropTop();
    this.#current.delete(top.id);
    return top.id;
  }

  #tidy(): void {
    const kept = [...this.#current.values()].sort((left, right) => left.at - right.at);
    this.#heap.splice(0, this.#heap.length, ...kept);
  }

  #dropTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#timeAt(parent) <= this.#timeAt(index)) return;
      this.#swap(parent, index);
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.#timeAt(left + 1) < this.#timeAt(left) ? left + 1 : left;
      if (this.#timeAt(child) >= this.#timeAt(index)) return;
      this.#swap(child, index);
      index = child;
    }
  }

  #timeAt(index: number): number {
    return this.#heap[index]?.at ?? Number.POSITIVE_INFINITY;
  }

  #swap(left: number, right: number): void {
    const [first, second] = [this.#heap[left], this.#heap[right]];
    if (first === undefined || second === undefined) return;
    this.#heap[left] = second;
    this.#heap[right] = first;
  }
}
