import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { draftSchema, obtainedIdSchema, secretFieldNameSchema } from '../model/dataSource.ts';
import { secretFields, secretText } from '../model/secretField.ts';
import { callNames, contract } from './contract.ts';
import { eventNames, events } from './events.ts';
import { streamNames, streams } from './streams.ts';

/** Names that a field with a secret has, in whatever spelling. */
const secretName = /pass(?:word|phrase)?|secret|token|credential|private.?key|api.?key|pem$|\bpin\b/i;

/** Texts that are named like a secret and are none. */
const noSecrets: ReadonlySet<string> = new Set([
  // The certificate of an authority, which everybody may see.
  'caPem',
  // Where a token comes from, and where it stands in an answer.
  'tokenUrl',
  'tokenSelector',
  // The command or file that a password comes from, which is shown before it is used.
  'passwordSource',
  // Names of data sources.
  'withoutSecret',
]);

interface Leaf {
  readonly path: string;
  readonly schema: z.core.$ZodType;
}

/** What is inside a schema, whatever wraps it; `path` is the field's names joined by dots. */
function children({ path, schema }: Leaf): Leaf[] {
  const { def } = schema._zod as z.core.$ZodTypeInternals & { def: z.core.$ZodTypes['_zod']['def'] };
  const below = (inner: z.core.$ZodType, name = ''): Leaf => ({
    path: name ? `${path}.${name}` : path,
    schema: inner,
  });
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([name, field]) => below(field, name));
    case 'array':
      return [below(def.element)];
    case 'union':
      return def.options.map((option) => below(option));
    case 'record':
      return [below(def.keyType), below(def.valueType)];
    case 'tuple':
      return def.items.map((item) => below(item));
    case 'nullable':
    case 'optional':
    case 'default':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
    case 'prefault':
      return [below(def.innerType)];
    case 'pipe':
      return [below(def.in), below(def.out)];
    case 'intersection':
      return [below(def.left), below(def.right)];
    case 'lazy':
      return [below(def.getter())];
    default:
      return [];
  }
}

/** @param outer what the schema is a part of: one that holds itself, such as a cause of a cause, is looked at once */
function leavesOf(leaf: Leaf, outer: readonly z.core.$ZodType[] = []): Leaf[] {
  if (secretFields.has(leaf.schema as z.ZodType)) return [leaf];
  if (outer.includes(leaf.schema)) return [];
  const inner = children(leaf);
  return inner.length === 0 ? [leaf] : inner.flatMap((one) => leavesOf(one, [...outer, leaf.schema]));
}

/** What only names a secret is none itself. */
const isName = (schema: z.core.$ZodType) => schema === secretFieldNameSchema || schema === obtainedIdSchema;
const isText = ({ schema }: Leaf) => schema._zod.def.type === 'string' && !isName(schema);
const isMarked = ({ schema }: Leaf) => secretFields.has(schema as z.ZodType);
const isNamedLikeASecret = ({ path }: Leaf) =>
  path.split('.').some((name) => secretName.test(name) && !noSecrets.has(name));

/** Texts that are named like a secret, or lie in something that is, and are not marked as one. */
const unmarked = (name: string, schema: z.ZodType): string[] =>
  leavesOf({ path: name, schema })
    .filter((leaf) => isText(leaf) && isNamedLikeASecret(leaf) && !isMarked(leaf))
    .map(({ path }) => path);

const marked = (name: string, schema: z.ZodType): string[] =>
  leavesOf({ path: name, schema })
    .filter(isMarked)
    .map(({ path }) => path);

describe('secrets in schemas', () => {
  const outward: (readonly [string, z.ZodType])[] = [
    ...callNames.map((name) => [`output of ${name}`, contract[name].output] as const),
    ...eventNames.map((name) => [`event ${name}`, events[name]] as const),
    ...streamNames.map((name) => [`batch of ${name}`, streams[name].batch] as const),
  ];
  const inward: (readonly [string, z.ZodType])[] = [
    ...callNames.map((name) => [`input of ${name}`, contract[name].input] as const),
    ...streamNames.map((name) => [`input of ${name}`, streams[name].input] as const),
  ];
  const found = (schemas: typeof inward, find: typeof marked) =>
    schemas.flatMap(([name, schema]) => find('value', schema).map((path) => `${name}: ${path}`));

  it('are marked wherever a text is named like one', () => {
    expect(found([...inward, ...outward], unmarked)).toEqual([]);
  });

  it('never lead out of main', () => {
    expect(found(outward, marked)).toEqual([]);
  });

  it('are found in what is known to have them', () => {
    expect(marked('draft', draftSchema)).toEqual(['draft.secrets.value']);
    expect(marked('unlock', contract['vault.unlock'].input)).toEqual(['unlock.passphrase']);
  });

  it.each([
    ['a bare password', z.strictObject({ password: z.string() })],
    [
      'one deep inside',
      z.strictObject({ ssh: z.array(z.union([z.null(), z.strictObject({ privateKey: z.string() })])) }),
    ],
    ['a text below a name', z.strictObject({ apiKey: z.strictObject({ value: z.string().nullable() }) })],
  ])('are missed in %s, if nobody marks them', (_, schema) => {
    expect(unmarked('field', schema)).toHaveLength(1);
  });

  it('are at peace with a marked one', () => {
    expect(unmarked('field', z.strictObject({ token: secretText('Token', { max: 10 }).nullable() }))).toEqual(
      [],
    );
  });
});
