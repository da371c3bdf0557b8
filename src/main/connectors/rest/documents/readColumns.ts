import type { ResourceColumn } from '../../../../shared/model/resources.ts';
import { clipped } from './JsonTree.ts';
import { UnusablePart } from './References.ts';
import { columnTypeOf, type SchemaReader, type Shape, type Trail } from './SchemaReader.ts';

/** As many as a resource may have. */
const maxColumns = 1_600;
const maxNameLength = 300;

/**
 * The columns of records of a schema: an object inside is one column for each of its members, unless it may be null or
 * contains itself; what is further inside is JSON. Records that are no objects are one column `value`.
 * @param warn hears of members that cannot be read, which are JSON then
 */
export function readColumns(
  reader: SchemaReader,
  record: unknown,
  trail: Trail,
  warn: (warning: string) => void,
): ResourceColumn[] {
  const { shape, trail: inner } = reader.enter(record, trail);
  if (shape.kind !== 'object') return [columnOf(['value'], [], shape, shape.isNullable)];
  const columns = [...shape.properties].flatMap(([key, schema]) => {
    const isOptional = !shape.required.has(key);
    const member = memberShape(reader, schema, inner, warn);
    if (member === null) return [jsonColumn([key])];
    const inside = insideOf(reader, schema, member, inner);
    if (inside === null) return [columnOf([key], [key], member, isOptional || member.isNullable)];
    return inside.map(({ name, shape: found, isRequired }) =>
      columnOf([key, name], [key, name], found, isOptional || !isRequired || found.isNullable),
    );
  });
  const usable = columns.filter(
    ({ name, path }) => name !== '' && path.every((key) => key.length <= maxNameLength),
  );
  return distinct(usable).slice(0, maxColumns);
}

interface InnerMember {
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

/** The members of an object that is flattened; null for a value that stays one column. */
function insideOf(reader: SchemaReader, schema: unknown, shape: Shape, trail: Trail): InnerMember[] | null {
  if (shape.kind !== 'object' || shape.isRecursive || shape.properties.size === 0) return null;
  // A null object and one whose members are null would look alike.
  if (shape.isNullable || shape.entries !== null) return null;
  try {
    const { trail: inner } = reader.enter(schema, trail);
    const members = [...shape.properties].map(([name, member]) => ({
      name,
      shape: reader.shapeOf(member, inner),
      isRequired: shape.required.has(name),
    }));
    return members.some((member) => member.shape.isRecursive) ? null : members;
  } catch (error) {
    if (error instanceof UnusablePart) return null;
    throw error;
  }
}

function memberShape(
  reader: SchemaReader,
  schema: unknown,
  trail: Trail,
  warn: (warning: string) => void,
): Shape | null {
  try {
    return reader.shapeOf(schema, trail);
  } catch (error) {
    if (!(error instanceof UnusablePart)) throw error;
    warn(`A column is read as JSON. ${error.message}`);
    return null;
  }
}

function columnOf(
  names: readonly string[],
  path: readonly string[],
  shape: Shape,
  isNullable: boolean,
): ResourceColumn {
  return {
    name: clipped(names.join('.'), maxNameLength),
    path: [...path],
    type: columnTypeOf(shape),
    isNullable,
    origin: 'document',
    description: shape.description,
  };
}

const jsonColumn = (path: readonly string[]): ResourceColumn => ({
  name: clipped(path.join('.'), maxNameLength),
  path: [...path],
  type: 'json',
  isNullable: true,
  origin: 'document',
  description: '',
});

/** `a.b` can be a member of `a`, or a key of its own: the first one counts. */
function distinct(columns: readonly ResourceColumn[]): ResourceColumn[] {
  return [...new Map(columns.toReversed().map((column) => [column.name, column])).values()].toReversed();
}
