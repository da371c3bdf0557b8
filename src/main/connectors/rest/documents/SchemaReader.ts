import type { ResourceType } from '../../../../shared/model/resources.ts';
import { isObject, type JsonObject, listIn, memberOf, objectIn, textIn } from './JsonTree.ts';
import { type References, UnusablePart } from './References.ts';

/** A schema as far as columns need it: all of `allOf` put together, alternatives weighed, references followed. */
export interface Shape {
  /** `mixed`: alternatives that have nothing in common, or nothing is said. */
  readonly kind: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'mixed';
  readonly isNullable: boolean;
  readonly format: string;
  readonly description: string;
  readonly choices: readonly unknown[];
  readonly fallback: unknown;
  /** Of an object, in the order of the document. */
  readonly properties: ReadonlyMap<string, unknown>;
  readonly required: ReadonlySet<string>;
  /** Of an array. */
  readonly items: unknown;
  /** The schema of values under any key; null when there are none. */
  readonly entries: JsonObject | null;
  /** Set on one that contains itself where it was looked at. */
  readonly isRecursive: boolean;
}

/** Deeper combinations than that are none that a person wrote. */
const maxDepth = 40;
/** Parts that one schema may be put together from: `allOf` of `allOf` grows without end in a few lines. */
const maxParts = 2_000;

const nothing: Shape = {
  kind: 'mixed',
  isNullable: true,
  format: '',
  description: '',
  choices: [],
  fallback: undefined,
  properties: new Map(),
  required: new Set(),
  items: undefined,
  entries: null,
  isRecursive: false,
};

/** Schemas that are being looked at, from the outermost to this one: what is among them contains itself. */
export type Trail = readonly unknown[];

export class SchemaReader {
  readonly #references: References;
  #partCount = 0;

  constructor(references: References) {
    this.#references = references;
  }

  /** @throws UnusablePart for a schema that is only a reference to itself, leads out of the document, or has no end */
  shapeOf(schema: unknown, trail: Trail = []): Shape {
    this.#partCount = 0;
    return this.#read(schema, trail, 0);
  }

  /** As `shapeOf`; the trail goes on from it to what is inside. */
  enter(schema: unknown, trail: Trail): { readonly shape: Shape; readonly trail: Trail } {
    const shape = this.shapeOf(schema, trail);
    return { shape, trail: [...trail, identityOf(schema)] };
  }

  #read(schema: unknown, trail: Trail, depth: number): Shape {
    this.#partCount += 1;
    if (depth > maxDepth || this.#partCount > maxParts) throw new UnusablePart('A schema has no end.');
    if (schema === true || schema === undefined) return nothing;
    const identity = identityOf(schema);
    if (trail.includes(identity)) return { ...nothing, kind: 'object', isRecursive: true };
    const resolved = this.#references.resolve(schema);
    const inner = [...trail, identity];
    const own = ownShape(resolved);
    const parts = listIn(resolved, 'allOf').map((part) => this.#read(part, inner, depth + 1));
    const choices = [...listIn(resolved, 'oneOf'), ...listIn(resolved, 'anyOf')];
    const chosen = choices.length === 0 ? [] : [this.#alternatives(choices, inner, depth)];
    return [...parts, ...chosen].reduceRight((below, part) => together(part, below), own);
  }

  #alternatives(choices: readonly unknown[], trail: Trail, depth: number): Shape {
    const shapes = choices.map((choice) => ({ choice, shape: this.#read(choice, trail, depth + 1) }));
    const others = shapes.filter(({ choice }) => !isNull(choice)).map(({ shape }) => shape);
    const hasNull = others.length < shapes.length;
    const [first] = others;
    if (first === undefined) return nothing;
    const kinds = new Set(others.map(({ kind }) => kind));
    const isNullable = hasNull || others.some((shape) => shape.isNullable);
    if (others.length === 1) return { ...first, isNullable };
    if (kinds.size > 1) return { ...nothing, isNullable };
    const format = others.every((shape) => shape.format === first.format) ? first.format : '';
    return { ...first, ...unitedMembers(others), format, isNullable, choices: [] };
  }
}

/** A reference is the same schema wherever it stands. */
const identityOf = (schema: unknown): unknown => {
  const reference = memberOf(schema, '$ref');
  return typeof reference === 'string' ? reference : schema;
};

const isNull = (schema: unknown): boolean =>
  memberOf(schema, 'type') === 'null' ||
  (isObject(schema) && Array.isArray(schema.enum) && schema.enum.every((value) => value === null));

/** What a schema says by itself. */
function ownShape(schema: JsonObject): Shape {
  const types = typesOf(schema);
  const named = types.filter((type) => type !== 'null');
  const properties = new Map(Object.entries(objectIn(schema, 'properties') ?? {}));
  const additional = objectIn(schema, 'additionalProperties');
  const constant = memberOf(schema, 'const');
  const choices = constant === undefined ? listIn(schema, 'enum') : [constant];
  return {
    kind: named.length === 1 ? kindOf(named[0]) : impliedKind(schema, named, choices),
    isNullable: types.includes('null') || memberOf(schema, 'nullable') === true || choices.includes(null),
    format: textIn(schema, 'format', 50),
    description: textIn(schema, 'description', 2_000) || textIn(schema, 'title', 2_000),
    choices,
    fallback: memberOf(schema, 'default'),
    properties,
    required: new Set(listIn(schema, 'required').filter((name): name is string => typeof name === 'string')),
    items: memberOf(schema, 'items'),
    entries: additional,
    isRecursive: false,
  };
}

function typesOf(schema: JsonObject): readonly string[] {
  const type = memberOf(schema, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((name): name is string => typeof name === 'string') : [];
}

const kinds = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const;
const kindOf = (type: string | undefined): Shape['kind'] => kinds.find((kind) => kind === type) ?? 'mixed';

/** Many documents leave out the type where the rest says it. */
function impliedKind(
  schema: JsonObject,
  named: readonly string[],
  choices: readonly unknown[],
): Shape['kind'] {
  if (named.length > 1) {
    return named.every((type) => type === 'integer' || type === 'number') ? 'number' : 'mixed';
  }
  if (objectIn(schema, 'properties') !== null || objectIn(schema, 'additionalProperties') !== null) {
    return 'object';
  }
  if (memberOf(schema, 'items') !== undefined) return 'array';
  const isText = choices.length > 0 && choices.every((value) => typeof value === 'string' || value === null);
  return isText ? 'string' : 'mixed';
}

/** Two parts of `allOf`, or a schema and what stands beside it. What the second one says counts. */
function together(first: Shape, second: Shape): Shape {
  if (first === nothing) return second;
  return {
    kind: second.kind === 'mixed' ? first.kind : second.kind,
    isNullable: first.isNullable || second.isNullable,
    format: second.format || first.format,
    description: second.description || first.description,
    choices: second.choices.length > 0 ? second.choices : first.choices,
    fallback: second.fallback ?? first.fallback,
    properties: new Map([...first.properties, ...second.properties]),
    required: new Set([...first.required, ...second.required]),
    items: second.items ?? first.items,
    entries: second.entries ?? first.entries,
    isRecursive: first.isRecursive || second.isRecursive,
  };
}

/** Members of alternatives: a member that one of them lacks need not be there. */
function unitedMembers(shapes: readonly Shape[]): Pick<Shape, 'properties' | 'required' | 'isRecursive'> {
  const properties = new Map(shapes.flatMap((shape) => [...shape.properties]));
  const required = [...properties.keys()].filter((name) => shapes.every((shape) => shape.required.has(name)));
  return {
    properties,
    required: new Set(required),
    isRecursive: shapes.some((shape) => shape.isRecursive),
  };
}

/** The type of a column for values of a shape. Integers without a format may be of any size. */
export function columnTypeOf({ kind, format }: Shape): ResourceType {
  switch (kind) {
    case 'integer':
      return format === 'int32' ? 'integer' : 'bigint';
    case 'number':
      return 'numeric';
    case 'boolean':
      return 'boolean';
    case 'string':
      return stringTypes.get(format) ?? 'text';
    default:
      return 'json';
  }
}

const stringTypes = new Map<string, ResourceType>([
  ['date', 'date'],
  ['date-time', 'timestamp'],
  ['time', 'time'],
  ['uuid', 'uuid'],
]);
