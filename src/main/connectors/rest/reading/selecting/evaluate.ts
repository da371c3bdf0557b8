import { search } from 'jmespath';
import { AppError } from '../../../../base/AppError.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { readJson } from '../../json/readJson.ts';
import { jsonOf, valuesOf } from './jsonValues.ts';

/** Values that an expression selects, where they lie: in the answer if it has only passed them on. */
export interface Evaluated {
  readonly tape: JsonTape;
  /** -1: none, or null. */
  readonly token: number;
  /** Set when the result is a list of objects or lists of the answer. */
  readonly tokens: readonly number[] | null;
}

/**
 * Evaluates an expression of JMESPath.
 * @throws INVALID_INPUT for what is none, or does not fit the values; the reason of the pace's signal
 */
export async function evaluate(
  tape: JsonTape,
  root: number,
  selector: string,
  pace: Pace,
): Promise<Evaluated> {
  const { value, tokens } = await valuesOf(tape, root, pace);
  const result = searched(value, selector);
  if (result === null || result === undefined) return { tape, token: -1, tokens: null };
  const passedOn = typeof result === 'object' ? tokens.get(result) : undefined;
  if (passedOn !== undefined) return { tape, token: passedOn, tokens: null };
  if (Array.isArray(result)) {
    const passed = result.map((each: unknown) =>
      typeof each === 'object' && each !== null ? tokens.get(each) : undefined,
    );
    if (passed.every((token) => token !== undefined)) return { tape, token: -1, tokens: passed };
  }
  const made = await readJson(Buffer.from(jsonOf(result, tape, tokens)), pace);
  const token = made.roots[0] ?? -1;
  return { tape: made.tape, token: made.tape.kind(token) === tokenKinds.null ? -1 : token, tokens: null };
}

/** What is wrong is said by what was thrown: the library has no codes. */
function searched(value: unknown, selector: string): unknown {
  try {
    return search(value, selector);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {
      title: 'A selector cannot be used',
      detail: `“${selector}”: ${cause instanceof Error ? cause.message : 'unknown'}`,
      fixes: ['Selectors are written in JMESPath, such as “data.items” or “items[?active]”.'],
      cause,
    });
  }
}
