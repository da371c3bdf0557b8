import { isObject, memberOf, objectIn } from './JsonTree.ts';
import type { References } from './References.ts';
import { UnusablePart } from './References.ts';
import type { SchemaReader, Shape, Trail } from './SchemaReader.ts';

/** Where the records are in an answer. */
export interface FoundRecords {
  /** JMESPath. */
  readonly selector: string;
  /** Whether there may be any number of them. */
  readonly isList: boolean;
  /** Whether they stand under keys that mean something. */
  readonly hasKeys: boolean;
  readonly record: unknown;
  readonly trail: Trail;
}

/** The answer of an operation that succeeds. */
export interface FoundAnswer {
  /** Undefined: the document does not say. */
  readonly schema: unknown;
  readonly isNdjson: boolean;
  /** Names of documented headers, in lower case. */
  readonly headers: ReadonlySet<string>;
}

/** Names of lists of records, the surest first. */
const usualNames = [
  'data',
  'items',
  'results',
  'value',
  'records',
  'rows',
  'entries',
  'content',
  'list',
  'objects',
];

/** @returns null when it answers no JSON. @throws UnusablePart */
export function findAnswer(references: References, operation: unknown): FoundAnswer | null {
  const responses = objectIn(operation, 'responses') ?? {};
  const statuses = Object.keys(responses);
  const status = ['200', ...statuses.filter((name) => /^2/.test(name)), 'default'].find((name) =>
    Object.hasOwn(responses, name),
  );
  if (status === undefined) return null;
  const response = references.resolve(responses[status]);
  const content = objectIn(response, 'content') ?? {};
  const type = Object.keys(content).find((name) =>
    /^(?:application|text)\/(?:[\w.+-]*\+)?json\b/i.test(name),
  );
  const lines = Object.keys(content).find((name) => /ndjson|jsonl|json-seq|jsonlines/i.test(name));
  const chosen = type ?? lines ?? Object.keys(content).find((name) => name.startsWith('*/*'));
  if (chosen === undefined) return null;
  const headers = Object.keys(objectIn(response, 'headers') ?? {}).map((name) => name.toLowerCase());
  return {
    schema: memberOf(content[chosen], 'schema'),
    isNdjson: chosen === lines,
    headers: new Set(headers),
  };
}

/** @param likelyName what the resource is called in its path, as the list may be. @throws UnusablePart */
export function findRecords(reader: SchemaReader, schema: unknown, likelyName: string): FoundRecords {
  const { shape, trail } = reader.enter(schema, []);
  if (shape.kind === 'array') return listAt('', shape, trail);
  if (shape.kind !== 'object')
    return { selector: '', isList: false, hasKeys: false, record: schema, trail: [] };
  const list = listIn(reader, shape, trail, likelyName, true);
  if (list !== null) return list;
  const isMap = shape.properties.size === 0 && shape.entries !== null;
  if (isMap && isRecord(reader, shape.entries, trail)) {
    return { selector: '*', isList: true, hasKeys: true, record: shape.entries, trail };
  }
  return { selector: '', isList: false, hasKeys: false, record: schema, trail: [] };
}

const listAt = (selector: string, shape: Shape, trail: Trail): FoundRecords => ({
  selector,
  isList: true,
  hasKeys: false,
  record: shape.items ?? true,
  trail,
});

/** A list of records among the members of an object, or of the object that is called as lists are. */
function listIn(
  reader: SchemaReader,
  shape: Shape,
  trail: Trail,
  likelyName: string,
  goesDeeper: boolean,
): FoundRecords | null {
  const lists = [...shape.properties].flatMap(([key, schema]) => {
    const member = shapeOrNull(reader, schema, trail);
    return member?.kind === 'array' ? [{ key, member, schema }] : [];
  });
  const records = lists.filter(({ member }) => isRecord(reader, member.items, trail));
  const names = [likelyName, ...usualNames];
  const named = (among: typeof lists) =>
    names.flatMap((name) => among.filter(({ key }) => key.toLowerCase() === name))[0];
  const chosen = named(records) ?? (records.length === 1 ? records[0] : undefined) ?? named(lists);
  if (chosen !== undefined) return listAt(selectorOf(chosen.key), chosen.member, trail);
  if (!goesDeeper) return null;
  for (const name of ['data', 'result', 'response', '_embedded', 'payload']) {
    const inner = shape.properties.get(name);
    const member = inner === undefined ? null : shapeOrNull(reader, inner, trail);
    if (member?.kind !== 'object') continue;
    const { trail: innerTrail } = reader.enter(inner, trail);
    const found = listIn(reader, member, innerTrail, likelyName, false);
    if (found !== null) return { ...found, selector: `${selectorOf(name)}.${found.selector}` };
  }
  return null;
}

function isRecord(reader: SchemaReader, schema: unknown, trail: Trail): boolean {
  const shape = isObject(schema) ? shapeOrNull(reader, schema, trail) : null;
  return shape?.kind === 'object';
}

function shapeOrNull(reader: SchemaReader, schema: unknown, trail: Trail): Shape | null {
  try {
    return reader.shapeOf(schema, trail);
  } catch (error) {
    if (error instanceof UnusablePart) return null;
    throw error;
  }
}

/** A key as JMESPath has it. */
export const selectorOf = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key));
