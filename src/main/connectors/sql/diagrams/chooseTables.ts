import { type DiagramScope, maxDiagramTables } from '../../../../shared/model/diagrams.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';

/** A foreign key as the server lists it. */
export interface ForeignKeyPair {
  readonly name: string;
  readonly from: RelationRef;
  readonly to: RelationRef;
  /** Columns of both tables, pair by pair. */
  readonly columns: readonly string[];
  readonly targetColumns: readonly string[];
}

/** The tables of a diagram. */
export interface ChosenTables {
  /** By schema and name. */
  readonly tables: readonly RelationRef[];
  /** How many there would be without the limit. */
  readonly total: number;
}

/** Names a table among those of all schemas. No server's name holds a NUL character. */
export const tableKey = ({ schema, name }: RelationRef): string => `${schema}\0${name}`;

const byName = (left: RelationRef, right: RelationRef): number => {
  const [one, other] = [tableKey(left), tableKey(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** The first ones by a rank, equal ones by name, so that a second look shows the same. */
function limited(tables: readonly RelationRef[], rank: (table: RelationRef) => number): ChosenTables {
  const ranked = tables.toSorted((left, right) => rank(left) - rank(right) || byName(left, right));
  return { tables: ranked.slice(0, maxDiagramTables).sort(byName), total: tables.length };
}

/** How many foreign keys a table has or is referred to by, one to itself not counted. */
function degreesOf(keys: readonly ForeignKeyPair[]): ReadonlyMap<string, number> {
  const degrees = new Map<string, number>();
  for (const { from, to } of keys) {
    const ends = [tableKey(from), tableKey(to)];
    if (ends[0] === ends[1]) continue;
    for (const end of ends) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  return degrees;
}

/** Each table that can be reached over so many foreign keys, in either direction, with how many it takes. */
function distancesFrom(start: RelationRef, keys: readonly ForeignKeyPair[], limit: number) {
  const neighbours = new Map<string, RelationRef[]>();
  const add = (one: RelationRef, other: RelationRef): void => {
    const known = neighbours.get(tableKey(one));
    if (known === undefined) neighbours.set(tableKey(one), [other]);
    else known.push(other);
  };
  for (const { from, to } of keys) {
    add(from, to);
    add(to, from);
  }
  const found = new Map([[tableKey(start), { table: start, distance: 0 }]]);
  let last = [start];
  for (let distance = 1; distance <= limit; distance += 1) {
    const next: RelationRef[] = [];
    for (const table of last.flatMap((one) => neighbours.get(tableKey(one)) ?? [])) {
      if (found.has(tableKey(table))) continue;
      found.set(tableKey(table), { table, distance });
      next.push(table);
    }
    last = next;
  }
  return found;
}

/**
 * Chooses what a diagram shows. Of a schema: its tables, and those elsewhere that they refer to. Where there are too many,
 * those with the most relations; near a table, the closest ones.
 * @param tables those of the schema
 * @param keys of a schema, those of its tables; of a table, those of the whole database
 * @throws NOT_FOUND when there is no table of that name
 */
export function chooseTables(
  scope: DiagramScope,
  tables: readonly RelationRef[],
  keys: readonly ForeignKeyPair[],
): ChosenTables {
  const degrees = degreesOf(keys);
  const degree = (table: RelationRef): number => degrees.get(tableKey(table)) ?? 0;
  if (scope.table === null) {
    const all = [...tables, ...keys.map(({ to }) => to)];
    return limited(
      [...new Map(all.map((table) => [tableKey(table), table])).values()],
      (one) => -degree(one),
    );
  }
  const start = tables.find(({ name }) => name === scope.table);
  if (start === undefined) {
    throw new AppError('NOT_FOUND', {
      title: 'This table no longer exists',
      detail: `${scope.schema}.${scope.table}`,
      fixes: ['Refresh the schema.'],
    });
  }
  const near = distancesFrom(start, keys, scope.distance);
  const most = 1 + Math.max(0, ...degrees.values());
  return limited(
    [...near.values()].map(({ table }) => table),
    (table) => (near.get(tableKey(table))?.distance ?? 0) * most - degree(table),
  );
}
