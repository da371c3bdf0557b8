import {
  type Diagram,
  type DiagramLink,
  type DiagramTable,
  maxDiagramColumns,
  maxDiagramTypeLength,
} from '../../../../shared/model/diagrams.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { type ChosenTables, type ForeignKeyPair, tableKey } from './chooseTables.ts';

/** What the server says of one chosen table. */
export interface TableShape {
  readonly table: RelationRef;
  /** All of them, in the order of the table. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[];
  readonly primaryKey: readonly string[];
  /** The columns of each key that tells rows apart, the primary one among them. */
  readonly uniqueKeys: readonly (readonly string[])[];
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The first columns, and those of keys wherever they stand. */
function tableOf(shape: TableShape, foreignColumns: ReadonlySet<string>): DiagramTable {
  const { table, columns, primaryKey, uniqueKeys } = shape;
  const primary = new Set(primaryKey);
  const single = new Set(uniqueKeys.flatMap((key) => (key.length === 1 ? key : [])));
  const isKey = (name: string): boolean => primary.has(name) || foreignColumns.has(name);
  const keyCount = columns.filter(({ name }) => isKey(name)).length;
  let room = Math.max(0, maxDiagramColumns - keyCount);
  const shown = columns.filter(({ name }) => {
    if (isKey(name)) return true;
    room -= 1;
    return room >= 0;
  });
  return {
    schema: table.schema,
    name: table.name,
    columns: shown.slice(0, maxDiagramColumns).map(({ name, type, nullable }) => ({
      name,
      type: cut(type, maxDiagramTypeLength),
      nullable,
      isPrimaryKey: primary.has(name),
      isUnique: single.has(name),
      isForeignKey: foreignColumns.has(name),
    })),
    columnCount: columns.length,
  };
}

function linkOf(
  key: ForeignKeyPair,
  { from, to }: Pick<DiagramLink, 'from' | 'to'>,
  shape: TableShape | undefined,
): DiagramLink {
  const own = new Set(key.columns);
  const nullable = new Set(shape?.columns.flatMap((column) => (column.nullable ? [column.name] : [])));
  return {
    name: key.name,
    from,
    to,
    columns: [...key.columns],
    targetColumns: [...key.targetColumns],
    isOptional: key.columns.some((name) => nullable.has(name)),
    isUnique:
      shape?.uniqueKeys.some((unique) => unique.length > 0 && unique.every((name) => own.has(name))) ?? false,
  };
}

/** Puts together what the statements of an engine have brought. Tables that went away meanwhile are left out. */
export function buildDiagram(
  { tables: chosen, total }: ChosenTables,
  keys: readonly ForeignKeyPair[],
  shapes: readonly TableShape[],
): Diagram {
  const shapeOf = new Map(shapes.map((shape) => [tableKey(shape.table), shape]));
  const shown = chosen.flatMap((table) => shapeOf.get(tableKey(table)) ?? []);
  const placeOf = new Map(shown.map(({ table }, place) => [tableKey(table), place]));
  const foreign = new Map<string, Set<string>>();
  const links: DiagramLink[] = [];
  for (const key of keys) {
    const from = placeOf.get(tableKey(key.from));
    const to = placeOf.get(tableKey(key.to));
    if (from === undefined || to === undefined) continue;
    links.push(linkOf(key, { from, to }, shown[from]));
    const columns = foreign.get(tableKey(key.from)) ?? new Set();
    foreign.set(tableKey(key.from), columns);
    for (const name of key.columns) columns.add(name);
  }
  const none: ReadonlySet<string> = new Set();
  return {
    tables: shown.map((shape) => tableOf(shape, foreign.get(tableKey(shape.table)) ?? none)),
    links: links.sort(
      (left, right) => left.from - right.from || left.to - right.to || (left.name < right.name ? -1 : 1),
    ),
    total,
  };
}
