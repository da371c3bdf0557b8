import { randomInt } from 'node:crypto';

/** A round can be repeated by the seed that its name has: `MOORING_SEED=… npm run test:faults`. */
const seed = process.env.MOORING_SEED;
const roundCount = Number(process.env.MOORING_ROUNDS ?? 2);

/** Of a fault's rounds: one each. */
export function seeds(): number[] {
  if (seed !== undefined) return [Number(seed)];
  return Array.from({ length: roundCount }, () => randomInt(2 ** 31));
}

/** Numbers that a seed determines (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, and without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<const Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.between(0, values.length - 1)] ?? values[0];
  }
}
