import type { PoolEntry } from './PoolEntry.ts';

/** The connections that nobody uses, in the order in which they came back. The one used last is lent first. */
export class IdleStack {
  /** The end was used last. */
  readonly #entries: PoolEntry[] = [];

  /** The one used last, left where it is. */
  peek(): PoolEntry | undefined {
    return this.#entries[this.#entries.length - 1];
  }

  pop(): PoolEntry | undefined {
    return this.#entries.pop();
  }

  /** Puts an entry at its place: on top, unless it only was away to be checked. */
  put(entry: PoolEntry): void {
    const entries = this.#entries;
    let at = entries.length;
    while (at > 0 && (entries[at - 1]?.idleSinceMs ?? 0) > entry.idleSinceMs) at -= 1;
    if (at === entries.length) entries.push(entry);
    else entries.splice(at, 0, entry);
  }

  remove(entry: PoolEntry): void {
    const at = this.#entries.lastIndexOf(entry);
    if (at >= 0) this.#entries.splice(at, 1);
  }

  /** All of them, the longest idle first. */
  list(): PoolEntry[] {
    return [...this.#entries];
  }

  takeAll(): PoolEntry[] {
    return this.#entries.splice(0);
  }
}
