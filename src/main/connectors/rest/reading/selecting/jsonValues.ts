import type { Pace } from '../../../../base/async/Pace.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { rawTextOf, textOf } from '../../json/jsonText.ts';
import { ExactNumber, numberOf } from './ExactNumber.ts';

export type JsonObject = { [key: string]: JsonValue };
/** JSON as JMESPath reads it. Keys of objects mean nothing to JavaScript. */
export type JsonValue = string | number | ExactNumber | boolean | null | JsonValue[] | JsonObject;

/** A document as values, with where its lists and objects came from. */
export interface ValueDocument {
  readonly value: JsonValue;
  readonly tokens: ReadonlyMap<object, number>;
}

/** All that the library asks of objects; "__proto__" is a key like any other then. */
const prototype = Object.create(null, {
  hasOwnProperty: { value: Object.prototype.hasOwnProperty, writable: true },
}) as object;

/** How many tokens are read between two looks at the clock. */
const tokensPerTurn = 2_000;

interface OpenContainer {
  readonly value: JsonValue[] | JsonObject;
  /** Of an object: what the next value is for. */
  key: string | null;
}

/** Reads without recursion, in turns. @throws the reason of the pace's signal */
export async function valuesOf(tape: JsonTape, root: number, pace: Pace): Promise<ValueDocument> {
  const tokens = new Map<object, number>();
  const open: OpenContainer[] = [];
  let whole: JsonValue = null;
  const end = tape.next(root);
  for (let token = root; token < end; token += 1) {
    if (token % tokensPerTurn === 0 && pace.isOver) await pace.rest();
    const parent = open.at(-1);
    if (tape.kind(token) === tokenKinds.end) {
      open.pop();
      continue;
    }
    if (parent !== undefined && !Array.isArray(parent.value) && parent.key === null) {
      parent.key = textOf(tape, token);
      continue;
    }
    const value = valueAt(tape, token);
    if (parent === undefined) whole = value;
    else put(parent, value);
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) continue;
    tokens.set(value, token);
    open.push({ value, key: null });
  }
  return { value: whole, tokens };
}

function put(parent: OpenContainer, value: JsonValue): void {
  if (Array.isArray(parent.value)) parent.value.push(value);
  else if (parent.key !== null) parent.value[parent.key] = value;
  parent.key = null;
}

/** A container is empty at first. */
function valueAt(tape: JsonTape, token: number): JsonValue {
  switch (tape.kind(token)) {
    case tokenKinds.object:
      return Object.create(prototype) as JsonObject;
    case tokenKinds.array:
      return [];
    case tokenKinds.number:
      return numberOf(rawTextOf(tape, token));
    case tokenKinds.true:
      return true;
    case tokenKinds.false:
      return false;
    case tokenKinds.null:
      return null;
    default:
      return textOf(tape, token);
  }
}

/**
 * Writes what an expression made. What it has only passed on is copied from the document, exactly as it was sent.
 * Documents nest 512 levels at most, and expressions add few.
 */
export function jsonOf(value: unknown, tape: JsonTape, tokens: ReadonlyMap<object, number>): string {
  if (value instanceof ExactNumber) return value.digits;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const token = tokens.get(value);
  if (token !== undefined) return rawTextOf(tape, token);
  if (Array.isArray(value)) return `[${value.map((each) => jsonOf(each, tape, tokens)).join(',')}]`;
  const entries = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}:${jsonOf(each, tape, tokens)}`,
  );
  return `{${entries.join(',')}}`;
}
