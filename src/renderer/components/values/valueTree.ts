/**
 * A structured value as it stands in its text: numbers keep all their digits, members their order, and a name that comes
 * twice is there twice. `JSON.parse` would change all three.
 */
export type ValueNode =
  | {
      readonly type: 'object';
      readonly members: readonly { readonly name: string; readonly value: ValueNode }[];
    }
  | { readonly type: 'array'; readonly items: readonly ValueNode[] }
  /** As it stands there; texts with their quotes and escapes. */
  | { readonly type: 'text' | 'number' | 'word'; readonly raw: string };

/** Deeper values are shown as text: nobody reads them as a tree, and they could exhaust the stack. */
const deepest = 200;

const tokens = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\[\s\S])*")|(-?\d[\d.eE+-]*)|(true|false|null))/y;

class Refused extends Error {
  override readonly name = 'Refused';
}

type Token = { readonly type: 'sign' | 'text' | 'number' | 'word'; readonly raw: string };

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ValueNode {
    const value = this.#value(this.#next(), 0);
    if (this.#text.slice(this.#at).trim() !== '') throw new Refused();
    return value;
  }

  #next(): Token {
    tokens.lastIndex = this.#at;
    const match = tokens.exec(this.#text);
    if (match === null) throw new Refused();
    this.#at = tokens.lastIndex;
    const [, sign, text, number, word] = match;
    if (sign !== undefined) return { type: 'sign', raw: sign };
    if (text !== undefined) return { type: 'text', raw: text };
    return number === undefined ? { type: 'word', raw: word ?? '' } : { type: 'number', raw: number };
  }

  #value(token: Token, depth: number): ValueNode {
    if (depth > deepest) throw new Refused();
    if (token.type !== 'sign') return { type: token.type, raw: token.raw };
    if (token.raw === '[') return { type: 'array', items: this.#items(depth) };
    if (token.raw === '{') return { type: 'object', members: this.#members(depth) };
    throw new Refused();
  }

  #items(depth: number): ValueNode[] {
    const items: ValueNode[] = [];
    for (let token = this.#next(); token.raw !== ']'; token = this.#next()) {
      items.push(this.#value(token, depth + 1));
      if (this.#separator(']')) break;
    }
    return items;
  }

  #members(depth: number): { name: string; value: ValueNode }[] {
    const members: { name: string; value: ValueNode }[] = [];
    for (let token = this.#next(); token.raw !== '}'; token = this.#next()) {
      if (token.type !== 'text' || this.#next().raw !== ':') throw new Refused();
      members.push({ name: token.raw, value: this.#value(this.#next(), depth + 1) });
      if (this.#separator('}')) break;
    }
    return members;
  }

  /** @returns whether it was the end */
  #separator(end: string): boolean {
    const { raw, type } = this.#next();
    if (type !== 'sign' || (raw !== ',' && raw !== end)) throw new Refused();
    return raw === end;
  }
}

/** The structure of a JSON text; null for a text that is none, or is nested too deeply. */
export function readJson(text: string): ValueNode | null {
  try {
    return new JsonReader(text).read();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** A sign, a quoted item, or a plain one. */
const arrayElement = /[{},]|"((?:[^"\\]|\\[\s\S])*)"|[^{},"]+/y;
/** Bounds that do not begin at 1 stand in front: `[0:2]={1,2,3}`. */
const arrayBounds = /^(?:(?:\[-?\d+:-?\d+\])+=)?(?=\{)/;

/** The items of an array as PostgreSQL writes it, `{1,NULL,"a,b",{2}}`; null for any other text. */
export function readArray(text: string): ValueNode | null {
  const start = arrayBounds.exec(text)?.[0].length;
  if (start === undefined) return null;
  const elements = new RegExp(arrayElement);
  elements.lastIndex = start;
  const root: ValueNode[] = [];
  const stack = [root];
  for (let match = elements.exec(text); match !== null; match = elements.exec(text)) {
    const [found, quoted] = match;
    const items = stack.at(-1) ?? root;
    if (found === '{') stack.push(openArray(items));
    else if (found === '}') stack.pop();
    else if (found !== ',') items.push(arrayItem(found, quoted));
    if (stack.length > deepest || (stack.length === 1 && elements.lastIndex < text.length)) return null;
  }
  return stack.length === 1 ? (root[0] ?? null) : null;
}

/** @returns the items of a new array at the end of the items */
function openArray(items: ValueNode[]): ValueNode[] {
  const inner: ValueNode[] = [];
  items.push({ type: 'array', items: inner });
  return inner;
}

function arrayItem(found: string, quoted: string | undefined): ValueNode {
  if (quoted !== undefined) return { type: 'text', raw: quoted.replace(/\\([\s\S])/g, '$1') };
  if (/^null$/i.test(found)) return { type: 'word', raw: 'NULL' };
  return { type: /^-?\d/.test(found) ? 'number' : 'text', raw: found };
}

/** The same value with a line for each member, indented by two blanks. */
export function prettyJson(node: ValueNode, indent = ''): string {
  const inner = `${indent}  `;
  if (node.type === 'array') {
    if (node.items.length === 0) return '[]';
    return `[\n${node.items.map((item) => inner + prettyJson(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (node.type === 'object') {
    if (node.members.length === 0) return '{}';
    const lines = node.members.map(({ name, value }) => `${inner}${name}: ${prettyJson(value, inner)}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return node.raw;
}
