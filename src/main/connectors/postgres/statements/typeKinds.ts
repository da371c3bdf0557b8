import type { ValueKind } from '../../../../shared/model/results.ts';

/** The built-in types, by the numbers that they have on every server (`pg_type.dat`). */
const kinds: ReadonlyMap<number, ValueKind> = new Map([
  [16, 'boolean'],
  [17, 'binary'],
  [18, 'text'], // "char"
  [19, 'text'], // name
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [25, 'text'],
  [26, 'integer'], // oid
  [114, 'json'],
  [142, 'xml'],
  [700, 'float'],
  [701, 'float'],
  [1042, 'text'],
  [1043, 'text'],
  [1082, 'date'],
  [1083, 'time'],
  [1114, 'timestamp'],
  [1184, 'timestamp'],
  [1186, 'interval'],
  [1266, 'time'],
  [1700, 'decimal'],
  [3802, 'json'], // jsonb
]);

/** What the values of a built-in type are; null for all other types. */
export function kindOfType(typeId: number): ValueKind | null {
  return kinds.get(typeId) ?? null;
}

/** Types of PostGIS have no category of their own. */
const geometries: ReadonlySet<string> = new Set(['geometry', 'geography']);

/** @param category `typcategory` of the type @param name its own, without the schema */
export function kindOfCategory(category: string, name: string): ValueKind {
  if (geometries.has(name)) return 'geometry';
  switch (category) {
    case 'A':
      return 'array';
    case 'E':
    case 'S':
      return 'text';
    case 'G':
      return 'geometry';
    default:
      // Not what counts as a number (N): regclass and money do, and their text is none.
      return 'other';
  }
}
