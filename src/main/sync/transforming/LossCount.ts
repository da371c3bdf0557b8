import type { Transformation } from '../copy/ports.ts';

/** Most reasons that are told apart; a reason that names a value would make one for each row. */
const maxReasons = 200;
const otherReason = 'for other reasons';

interface Loss {
  readonly column: string;
  readonly reason: string;
  count: number;
}

/** How many values could not stay as they were, by column and reason. */
export class LossCount {
  readonly #losses = new Map<string, Loss>();

  get list(): Transformation['losses'] {
    return [...this.#losses.values()];
  }

  add(column: string, reason: string): void {
    const key = `${column}\n${reason}`;
    const known = this.#losses.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#losses.size < maxReasons || reason === otherReason) {
      this.#losses.set(key, { column, reason, count: 1 });
    } else this.add(column, otherReason);
  }
}
