import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { valueOfKey, valuesIn } from '../../json/jsonText.ts';

type Step =
  | { readonly type: 'key'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  /** `.*`, `[*]` and `[]`: what follows holds for each value. */
  | { readonly type: 'each'; readonly of: 'object' | 'array'; readonly isFlat: boolean };

/** JMESPath of names and positions, with one projection at most. */
export type SimplePath = readonly Step[];

const stepPattern =
  /(?:(?<dot>\.)?(?:(?<name>[A-Za-z_]\w*)|"(?<quoted>[^"\\]*)"|(?<star>\*))|\[(?:(?<index>\d{1,9})|(?<list>\*)|(?<flat>))\])/y;

/** @returns null for an expression that is more than a path */
export function simplePath(selector: string): SimplePath | null {
  const steps: Step[] = [];
  stepPattern.lastIndex = 0;
  while (stepPattern.lastIndex < selector.length) {
    const isFirst = stepPattern.lastIndex === 0;
    const match = stepPattern.exec(selector);
    const step = match === null ? null : stepOf(match.groups ?? {}, isFirst);
    if (step === null) return null;
    steps.push(step);
  }
  const projections = steps.filter(({ type }) => type === 'each');
  // In JMESPath a position behind a projection is one of the projected values, each by itself.
  return projections.length <= 1 ? steps : null;
}

function stepOf(groups: Readonly<Record<string, string | undefined>>, isFirst: boolean): Step | null {
  const { dot, name, quoted, star, index, list } = groups;
  if (index !== undefined) return { type: 'index', index: Number(index) };
  const isInBrackets = name === undefined && quoted === undefined && star === undefined;
  if (isInBrackets) return { type: 'each', of: 'array', isFlat: list === undefined };
  // Names are divided by points, of which none stands at the beginning.
  if ((dot === undefined) !== isFirst) return null;
  if (star !== undefined) return { type: 'each', of: 'object', isFlat: false };
  return { type: 'key', name: name ?? quoted ?? '' };
}

/** What a path leads to: one value, or the values of its projection with the keys that they stood under. */
export type PathResult =
  | { readonly type: 'value'; readonly token: number }
  | { readonly type: 'values'; readonly tokens: readonly number[]; readonly keys: readonly number[] | null }
  /** There is nothing at a step: the last value that is there, and which step. */
  | { readonly type: 'missing'; readonly at: number; readonly step: number };

export function followPath(tape: JsonTape, root: number, path: SimplePath): PathResult {
  let token = root;
  for (const [number, step] of path.entries()) {
    if (step.type === 'each') {
      const projected = project(tape, token, step);
      if (projected === null) return { type: 'missing', at: token, step: number };
      return followEach(tape, projected, path.slice(number + 1));
    }
    const next = follow(tape, token, step);
    if (next < 0) return { type: 'missing', at: token, step: number };
    token = next;
  }
  return { type: 'value', token };
}

function follow(tape: JsonTape, token: number, step: Exclude<Step, { type: 'each' }>): number {
  if (step.type === 'key') return valueOfKey(tape, token, step.name);
  return tape.kind(token) === tokenKinds.array ? (valuesIn(tape, token)[step.index] ?? -1) : -1;
}

interface Projected {
  readonly tokens: readonly number[];
  readonly keys: readonly number[] | null;
}

function project(
  tape: JsonTape,
  token: number,
  { of, isFlat }: Extract<Step, { type: 'each' }>,
): Projected | null {
  if (tape.kind(token) !== tokenKinds[of]) return null;
  const values = valuesIn(tape, token);
  if (of === 'object') return { tokens: values, keys: values.map((value) => value - 1) };
  const isList = (value: number) => tape.kind(value) === tokenKinds.array;
  if (!isFlat || !values.some(isList)) return { tokens: values, keys: null };
  return { tokens: values.flatMap((value) => (isList(value) ? valuesIn(tape, value) : value)), keys: null };
}

/** Values that have nothing at a step are left out, as in JMESPath. */
function followEach(tape: JsonTape, { tokens, keys }: Projected, steps: SimplePath): PathResult {
  const kept: number[] = [];
  const keptKeys: number[] = [];
  for (const [position, token] of tokens.entries()) {
    let value = token;
    for (const step of steps) if (value >= 0 && step.type !== 'each') value = follow(tape, value, step);
    if (value < 0 || tape.kind(value) === tokenKinds.null) continue;
    kept.push(value);
    if (keys !== null) keptKeys.push(keys[position] ?? -1);
  }
  return { type: 'values', tokens: kept, keys: keys === null ? null : keptKeys };
}
