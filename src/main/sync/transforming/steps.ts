/**
 * What becomes of a value on its way: a text, NULL, what is left of a value that the other side cannot hold, or a reason
 * why its row is rejected.
 */
export type StepResult = string | null | Lost | Refused;
export interface Lost {
  /** What is lost, for a warning. */
  readonly lost: string;
  /** What is written in its place; absent: NULL. */
  readonly rest?: string;
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

/** Goes on with what is left of a value; what was lost stays said. */
function following(result: StepResult, step: CellStep): StepResult {
  if (typeof result === 'string') return step(result);
  if (result === null || isRefused(result) || result.rest === undefined) return result;
  const next = step(result.rest);
  if (typeof next === 'string') return { lost: result.lost, rest: next };
  return next === null ? { lost: result.lost } : next;
}

/** Steps one after the other, up to the first that leaves nothing; null when none of them does anything. */
export function inOrder(steps: readonly (CellStep | null)[]): CellStep | null {
  const all = steps.filter((step) => step !== null);
  const [first, second, ...others] = all;
  if (first === undefined) return null;
  if (second === undefined) return first;
  if (others.length === 0) return (text) => following(first(text), second);
  return (text) => all.reduce<StepResult>(following, text);
}
