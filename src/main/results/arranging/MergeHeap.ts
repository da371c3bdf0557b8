/** The cursors of several sorted sequences, the one whose next element comes first on top. */
export class MergeHeap<Cursor> {
  readonly #cursors: Cursor[] = [];
  readonly #compare: (left: Cursor, right: Cursor) => number;

  constructor(cursors: Iterable<Cursor>, compare: (left: Cursor, right: Cursor) => number) {
    this.#compare = compare;
    for (const cursor of cursors) this.#cursors.push(cursor);
    for (let index = this.#cursors.length >>> 1; index >= 0; index -= 1) this.#sink(index);
  }

  /** Undefined when all have ended. */
  get top(): Cursor | undefined {
    return this.#cursors[0];
  }

  /** The top has moved on to its next element. */
  topMoved(): void {
    this.#sink(0);
  }

  /** The top has no more elements. */
  removeTop(): void {
    const last = this.#cursors.pop();
    if (last === undefined || this.#cursors.length === 0) return;
    this.#cursors[0] = last;
    this.#sink(0);
  }

  #sink(from: number): void {
    const cursors = this.#cursors;
    const moving = cursors[from];
    if (moving === undefined) return;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      let below = cursors[child];
      if (below === undefined) break;
      const right = cursors[child + 1];
      if (right !== undefined && this.#compare(right, below) < 0) {
        child += 1;
        below = right;
      }
      if (this.#compare(moving, below) <= 0) break;
      cursors[index] = below;
      index = child;
    }
    cursors[index] = moving;
  }
}
