import type { Parameter } from '../../../../shared/model/resources.ts';
import { clipped, listIn, memberOf, objectIn, textIn, valueText } from './JsonTree.ts';
import { type References, UnusablePart } from './References.ts';
import type { SchemaReader, Shape } from './SchemaReader.ts';

/** A parameter, and what the document says of its values. */
export interface FoundParameter {
  readonly parameter: Parameter;
  /** Null where nothing is said. */
  readonly shape: Shape | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Headers that belong to the client (OpenAPI 3.1, 4.8.12.1). */
const ownHeaders = new Set(['accept', 'content-type', 'authorization']);

/**
 * The parameters of an operation: those of its path, each replaced by the operation's own of the same name and place.
 * @throws UnusablePart
 */
export function readParameters(
  references: References,
  reader: SchemaReader,
  pathItem: unknown,
  operation: unknown,
  warn: (warning: string) => void,
): FoundParameter[] {
  const byPlace = new Map<string, FoundParameter>();
  for (const written of [...listIn(pathItem, 'parameters'), ...listIn(operation, 'parameters')]) {
    const found = readParameter(references, reader, written, warn);
    if (found !== null) byPlace.set(`${found.parameter.place} ${found.parameter.name}`, found);
  }
  return [...byPlace.values()].slice(0, 200);
}

function readParameter(
  references: References,
  reader: SchemaReader,
  written: unknown,
  warn: (warning: string) => void,
): FoundParameter | null {
  const definition = references.resolve(written);
  const name = textIn(definition, 'name', 200);
  const place = textIn(definition, 'in', 20);
  const isRequired = place === 'path' || memberOf(definition, 'required') === true;
  if (place === 'cookie') {
    if (isRequired) warn('It needs a cookie, which is not sent.');
    return null;
  }
  if (name === '' || (place !== 'path' && place !== 'query' && place !== 'header')) return null;
  if (place === 'header' && ownHeaders.has(name.toLowerCase())) return null;
  const schema = memberOf(definition, 'schema');
  const shape = schema === undefined ? null : shapeOf(reader, schema, warn);
  const style = textIn(definition, 'style', 30) || (place === 'query' ? 'form' : 'simple');
  const isList = shape?.kind === 'array';
  if (isList && style !== 'form' && style !== 'simple') {
    warn(`Its parameter “${clipped(name, 60)}” is written in the style “${style}”, which is not supported.`);
  }
  const parameter: Parameter = {
    ...{ name, place, isRequired, isList },
    value: startValue(definition, shape, isRequired),
    isExploded: isList && place === 'query' && memberOf(definition, 'explode') !== false && style === 'form',
    description: textIn(definition, 'description', 2_000),
    choices: choicesOf(reader, shape),
  };
  const bound = (key: string): number | null => {
    const value = memberOf(schema, key);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  return { parameter, shape, minimum: bound('minimum'), maximum: bound('maximum') };
}

function shapeOf(reader: SchemaReader, schema: unknown, warn: (warning: string) => void): Shape | null {
  try {
    return reader.shapeOf(schema);
  } catch (error) {
    if (!(error instanceof UnusablePart)) throw error;
    warn(`A parameter cannot be read in full. ${error.message}`);
    return null;
  }
}

/** Examples only where a value is needed: a default that is left out is what the API takes anyway. */
function startValue(definition: unknown, shape: Shape | null, isRequired: boolean): string {
  if (!isRequired) return '';
  const examples = Object.values(objectIn(definition, 'examples') ?? {}).map((one) => memberOf(one, 'value'));
  const schema = memberOf(definition, 'schema');
  const candidates = [
    ...[shape?.fallback, memberOf(definition, 'example'), ...examples, memberOf(schema, 'example')],
    ...listIn(schema, 'examples'),
  ];
  const found = candidates.find((value) => value !== undefined && value !== null);
  const text = valueText(found);
  // A value is a template: one with its signs would not stand for itself.
  return text.length <= 10_000 && !text.includes('{{') ? text : '';
}

function choicesOf(reader: SchemaReader, shape: Shape | null): string[] {
  if (shape === null) return [];
  const ofItems =
    shape.kind === 'array' && shape.choices.length === 0 ? itemChoices(reader, shape) : shape.choices;
  return ofItems
    .map(valueText)
    .filter((choice) => choice !== '' && choice.length <= 500)
    .slice(0, 200);
}

function itemChoices(reader: SchemaReader, shape: Shape): readonly unknown[] {
  if (shape.items === undefined) return [];
  return shapeOf(reader, shape.items, () => undefined)?.choices ?? [];
}
