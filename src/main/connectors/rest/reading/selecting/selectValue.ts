import type { Pace } from '../../../../base/async/Pace.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { plainTextOf } from '../../json/jsonText.ts';
import { evaluate } from './evaluate.ts';
import { followPath, simplePath } from './simplePath.ts';

/**
 * The text of one value in an answer, such as a cursor, with a number's digits as they were sent; null where there is
 * none, or null.
 * @throws INVALID_INPUT for what is no selector
 */
export async function selectText(
  tape: JsonTape,
  root: number,
  selector: string,
  pace: Pace,
): Promise<string | null> {
  const found = await selectToken(tape, root, selector, pace);
  return found.token < 0 ? null : plainTextOf(found.tape, found.token);
}

/** Whether a value is there and is not false, null, or an empty text, list or object. @throws INVALID_INPUT */
export async function selectTruth(
  tape: JsonTape,
  root: number,
  selector: string,
  pace: Pace,
): Promise<boolean> {
  const found = await selectToken(tape, root, selector, pace);
  if (found.token < 0) return false;
  const kind = found.tape.kind(found.token);
  if (kind === tokenKinds.false || kind === tokenKinds.null) return false;
  if (found.tape.isContainer(found.token)) return found.tape.closing(found.token) > found.token + 1;
  return !found.tape.isText(found.token) || found.tape.end(found.token) > found.tape.start(found.token);
}

/** @returns a token of -1 where there is nothing */
export async function selectToken(
  tape: JsonTape,
  root: number,
  selector: string,
  pace: Pace,
): Promise<{ readonly tape: JsonTape; readonly token: number }> {
  const path = simplePath(selector.trim());
  if (path === null || path.some(({ type }) => type === 'each')) return evaluate(tape, root, selector, pace);
  const result = followPath(tape, root, path);
  return { tape, token: result.type === 'value' ? result.token : -1 };
}
