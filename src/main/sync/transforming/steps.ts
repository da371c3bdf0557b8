/**
 * What becomes of a value on its way: a text, NULL, NULL with a warning because the other side cannot hold it, or a
 * reason why its row is rejected.
 */
export type StepResult = string | null | Lost | Refused;
export interface Lost {
  readonly lost: string;
}
export interface Refused {
  readonly refused: string;
}

/** One step of the way of a value, which is never NULL. */
export type CellStep = (text: string) => StepResult;

/**
 * How canonical texts of one type become those of another one. Null: they are that already; `impossible`: no value of the
 * one type is a value of the other. A value that cannot be turned rejects its row; none is ever rounded or cut, but for
 * the digits of a second that a shorter time has no room for.
 */
export type Cast = CellStep | null | 'impossible';

export const refused = (reason: string): Refused => ({ refused: reason });

export const isRefused = (result: StepResult): result is Refused =>
  typeof result === 'object' && result !== null && 'refused' in result;

/** Steps one after the other, up to the first that does not give a text; null when none of them does anything. */
export function inOrder(steps: readonly (CellStep | null)[]): CellStep | null {
  const all = steps.filter((step) => step !== null);
  const [first, second, ...others] = all;
  if (first === undefined) return null;
  if (second === undefined) return first;
  if (others.length === 0) {
    return (text) => {
      const result = first(text);
      return typeof result === 'string' ? second(result) : result;
    };
  }
  return (text) => {
    let result: StepResult = text;
    for (const step of all) {
      result = step(result);
      if (typeof result !== 'string') return result;
    }
    return result;
  };
}
