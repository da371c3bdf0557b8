import { invalidInput, tooLarge } from './doorErrors.ts';

/** Deepest nesting accepted; an honest input has five levels. */
const maxDepth = 32;

/** Most values (objects, arrays, leaves) accepted: the largest honest input is an import's 5,000 choices, of 3 each. */
const maxNodeCount = 20_000;

/** Own keys that could reach a prototype in code that merges objects. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

interface Walk {
  readonly maxBytes: number;
  readonly ancestors: Set<object>;
  byteCount: number;
  nodeCount: number;
}

/**
 * Refuses a payload that is larger than `maxBytes` as JSON text, or is not plain data. Stops at the first excess, so
 * that a hostile payload costs no more than a large honest one.
 * @throws AppError TOO_LARGE, INVALID_INPUT
 */
export function checkPayloadSize(payload: unknown, maxBytes: number): void {
  measure(payload, 0, { maxBytes, ancestors: new Set(), byteCount: 0, nodeCount: 0 });
}

function measure(value: unknown, depth: number, walk: Walk): void {
  walk.nodeCount += 1;
  if (walk.nodeCount > maxNodeCount || depth > maxDepth) throw tooLarge(walk.maxBytes);
  if (typeof value === 'object' && value !== null) measureObject(value, depth, walk);
  else addBytes(leafBytes(value, walk), walk);
}

function measureObject(value: object, depth: number, walk: Walk): void {
  if (walk.ancestors.has(value)) throw invalidInput('The request contains a circular reference.');
  if (!isPlain(value)) throw invalidInput('The request contains something other than plain data.');
  // A sparse array of four thousand million holes is small to send and endless to walk.
  if (Array.isArray(value) && value.length > maxNodeCount) throw tooLarge(walk.maxBytes);
  walk.ancestors.add(value);
  addBytes(2, walk);
  for (const [key, child] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) throw invalidInput('The request contains a forbidden key.');
    // A comma, and for objects the key with its colon.
    addBytes(Array.isArray(value) ? 1 : 2 + textBytes(key, walk), walk);
    measure(child, depth + 1, walk);
  }
  walk.ancestors.delete(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function leafBytes(value: unknown, walk: Walk): number {
  if (typeof value === 'string') return textBytes(value, walk);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value).length;
  if (value === null || value === undefined) return 4;
  throw invalidInput('The request contains something other than plain data.');
}

function textBytes(text: string, walk: Walk): number {
  // No character is shorter than one byte, so a text that cannot fit is never encoded.
  if (walk.byteCount + text.length > walk.maxBytes) throw tooLarge(walk.maxBytes);
  return Buffer.byteLength(JSON.stringify(text));
}

function addBytes(byteCount: number, walk: Walk): void {
  walk.byteCount += byteCount;
  if (walk.byteCount > walk.maxBytes) throw tooLarge(walk.maxBytes);
}
