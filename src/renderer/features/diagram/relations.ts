import type { Diagram } from '../../../shared/model/diagrams.ts';
import { diagramText } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';
import type { Scene, SceneTable } from './scene.ts';

/** What belongs to a table or a relation that a person looks at. */
export interface Focus {
  readonly tables: ReadonlySet<number>;
  readonly links: ReadonlySet<number>;
}

/** What a person looks at: a table or a foreign key, by its place in the diagram. */
export type Looked = { readonly type: 'table' | 'link'; readonly index: number } | null;

/** A table with all that it refers to and is referred to by; or a key with its two tables. */
export function focusOf({ links }: Diagram, { type, index }: NonNullable<Looked>): Focus {
  const tables = new Set<number>(type === 'table' ? [index] : []);
  const found = new Set<number>();
  for (const [at, { from, to }] of links.entries()) {
    const isIt = type === 'link' ? at === index : from === index || to === index;
    if (!isIt) continue;
    found.add(at);
    tables.add(from).add(to);
  }
  return { tables, links: found };
}

/** What a key is called. */
export function linkName({ tables, links }: Diagram, index: number): string | undefined {
  const link = links[index];
  if (link === undefined) return undefined;
  const nameOf = (table: number): string => visibleName(tables[table]?.name ?? '');
  return diagramText.link(
    ...([nameOf(link.from), link.columns.map(visibleName)] as const),
    ...([nameOf(link.to), link.targetColumns.map(visibleName)] as const),
  );
}

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const steps: Readonly<Record<Direction, { readonly x: number; readonly y: number }>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

export const isDirection = (key: string): key is Direction => key in steps;
export const stepOf = (direction: Direction) => steps[direction];

/** How far a table is in a direction, and how much to the side of it; null when it is not in that direction. */
function wayTo(from: SceneTable, to: SceneTable, direction: Direction): number | null {
  const { x, y } = steps[direction];
  const [dx, dy] = [
    to.x + to.width / 2 - from.x - from.width / 2,
    to.y + to.height / 2 - from.y - from.height / 2,
  ];
  const along = dx * x + dy * y;
  const aside = Math.abs(dx * y) + Math.abs(dy * x);
  return along <= 0 || aside > 3 * along ? null : along + 2 * aside;
}

function nearest(from: SceneTable, tables: readonly SceneTable[], direction: Direction): SceneTable | null {
  let best: { table: SceneTable; way: number } | null = null;
  for (const table of tables) {
    const way = wayTo(from, table, direction);
    if (way !== null && (best === null || way < best.way)) best = { table, way };
  }
  return best?.table ?? null;
}

/** The table that an arrow key goes to: the nearest one with a relation in that direction, else the nearest of all. */
export function nextTable(
  { tables, links }: Scene,
  from: SceneTable,
  direction: Direction,
): SceneTable | null {
  const related = links.flatMap(({ link }) => {
    if (link.from === from.index) return tables[link.to] ?? [];
    return link.to === from.index ? (tables[link.from] ?? []) : [];
  });
  return nearest(from, related, direction) ?? nearest(from, tables, direction);
}

/** Tables whose name holds a text, those that begin with it first. */
export function tablesFound(tables: readonly SceneTable[], text: string): readonly SceneTable[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const nameOf = ({ box }: SceneTable): string => visibleName(box.table.name).toLowerCase();
  const found = tables.filter((table) => nameOf(table).includes(wanted));
  const rank = (table: SceneTable): number => (nameOf(table).startsWith(wanted) ? 0 : 1);
  return found.toSorted((one, other) => rank(one) - rank(other));
}
