import { tooManyAtCursor } from './readingErrors.ts';

/** Rows of one value of the cursor that are remembered. */
const maxRemembered = 20_000;

/**
 * The rows that were copied and have the largest value of the cursor: the next run reads that value again, for rows that
 * have come since, and leaves these out. Equal rows count as often as they are there.
 */
export class CopiedRows {
  readonly #isBinding: boolean;
  readonly #name: string;
  /** Of the value that was saved, and not met again yet. */
  readonly #known = new Map<string, number>();
  #hashes: string[];
  /** Too many came: none is remembered until the value grows. */
  #isOverfull = false;

  /**
   * @param isBinding a row that is copied again would be there twice, so that too many are an error; else they are read
   *   again by the next run
   * @param name of the cursor
   */
  constructor(saved: readonly string[], isBinding: boolean, name: string) {
    this.#isBinding = isBinding;
    this.#name = name;
    this.#hashes = [...saved];
    for (const hash of saved) this.#known.set(hash, (this.#known.get(hash) ?? 0) + 1);
  }

  /** As it is now. */
  get list(): string[] {
    return [...this.#hashes];
  }

  /** Whether an equal row with the saved value was copied; it counts once. */
  takes(hash: string): boolean {
    const count = this.#known.get(hash) ?? 0;
    if (count > 0) this.#known.set(hash, count - 1);
    return count > 0;
  }

  /** The value has grown. */
  clear(): void {
    this.#hashes = [];
    this.#isOverfull = false;
  }

  /** @throws PIPELINE_INVALID when there are too many, and they must be remembered */
  add(hash: string, value: string): void {
    if (this.#isOverfull) return;
    this.#hashes = this.#hashes.length === maxRemembered ? this.#tooMany(value) : this.#hashes;
    if (!this.#isOverfull) this.#hashes.push(hash);
  }

  #tooMany(value: string): string[] {
    if (this.#isBinding) throw tooManyAtCursor(this.#name, value, maxRemembered);
    this.#isOverfull = true;
    return [];
  }
}
