import type { Diagram, DiagramLink } from '../../../shared/model/diagrams.ts';
import type { Layout, LayoutGraph, Point, Size } from './layout/graph.ts';
import { footRoom, loopRoute, withoutStraightPoints } from './layout/routing.ts';
import type { TableBox } from './tableBoxes.ts';

export interface Area extends Point, Size {}

/** A table at its place. */
export interface SceneTable extends Area {
  readonly box: TableBox;
  /** Its place in the diagram, which names it. */
  readonly index: number;
}

/** A foreign key as paths: its line, and what stands at both ends. */
export interface SceneLink {
  readonly link: DiagramLink;
  readonly index: number;
  /** The corners of its line. */
  readonly points: readonly Point[];
  readonly line: string;
  readonly ends: string;
  readonly bounds: Area;
}

/** All that is drawn, by the window and in files. */
export interface Scene extends Area {
  readonly tables: readonly SceneTable[];
  readonly links: readonly SceneLink[];
}

/** Places of tables that a person has moved, by `movedKey`. */
export type Moved = Readonly<Record<string, Point>>;

/** Names a table whatever else is in the diagram. */
export const movedKey = ({ table }: TableBox): string => `${table.schema}\0${table.name}`;

const cornerRadius = 6;

/** A line along the corners, which are rounded. */
function linePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${first.x} ${first.y}`];
  for (const [at, corner] of rest.entries()) {
    const [before, next] = [points[at] ?? first, rest[at + 1]];
    if (next === undefined) {
      parts.push(`L${corner.x} ${corner.y}`);
      break;
    }
    const lengths = [before, next].map(({ x, y }) => Math.abs(x - corner.x) + Math.abs(y - corner.y));
    const radius = Math.min(cornerRadius, ...lengths.map((length) => length / 2));
    const towards = ({ x, y }: Point): string =>
      `${corner.x + Math.sign(x - corner.x) * radius} ${corner.y + Math.sign(y - corner.y) * radius}`;
    parts.push(`L${towards(before)}`, `Q${corner.x} ${corner.y} ${towards(next)}`);
  }
  return parts.join('');
}

const bar = (x: number, y: number): string => `M${x} ${y - 4}V${y + 4}`;
const ring = (x: number, y: number): string => `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;

/** The foot of a crow: how many rows there can be at an end. @param side 1 where the line leaves to the right, else -1 */
function endPath({ x, y }: Point, side: number, many: boolean, isOptional: boolean): string {
  const at = (distance: number): number => x + side * distance;
  const count = many ? `M${at(11)} ${y}L${x} ${y - 5.5}M${at(11)} ${y}L${x} ${y + 5.5}` : bar(at(7), y);
  return count + (isOptional ? ring(at(many ? 15 : 14.5), y) : bar(at(many ? 14 : 11.5), y));
}

const sideOf = (end: Point, next: Point | undefined): number => ((next?.x ?? end.x) < end.x ? -1 : 1);

function areaOf(points: readonly Point[]): Area {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function sceneLink(link: DiagramLink, index: number, points: readonly Point[]): SceneLink {
  const [from, to] = [points[0] ?? { x: 0, y: 0 }, points.at(-1) ?? { x: 0, y: 0 }];
  return {
    link,
    index,
    points,
    line: linePath(points),
    // A row that is referred to may always have none that refers to it.
    ends:
      endPath(from, sideOf(from, points[1]), !link.isUnique, true) +
      endPath(to, sideOf(to, points.at(-2)), false, link.isOptional),
    bounds: areaOf(points),
  };
}

/** A link between tables of which one was moved: around no others, from the sides that face each other. */
function directRoute(from: SceneTable, to: SceneTable, fromY: number, toY: number): readonly Point[] {
  const [start, end] = [from.y + fromY, to.y + toY];
  if (from.index === to.index) return loopRoute(from.x + from.width, start, end);
  const [fromRight, toRight] = [from.x + from.width, to.x + to.width];
  const room = 2 * footRoom;
  const along = (x1: number, middle: number, x2: number): readonly Point[] =>
    withoutStraightPoints([
      { x: x1, y: start },
      { x: middle, y: start },
      { x: middle, y: end },
      { x: x2, y: end },
    ]);
  if (to.x - fromRight >= room) return along(fromRight, (fromRight + to.x) / 2, to.x);
  if (from.x - toRight >= room) return along(from.x, (from.x + toRight) / 2, toRight);
  // Above each other: around the right sides.
  return along(fromRight, Math.max(fromRight, toRight) + footRoom, toRight);
}

/** Puts a diagram together from its layout and from what was moved since. */
export function sceneOf(
  { links }: Diagram,
  boxes: readonly TableBox[],
  graph: LayoutGraph,
  layout: Layout,
  moved: Moved,
): Scene {
  const tables = boxes.map((box, index): SceneTable => {
    const { x, y } = moved[movedKey(box)] ?? layout.places[index] ?? { x: 0, y: 0 };
    return { box, index, x, y, width: box.width, height: box.height };
  });
  const isMoved = (index: number): boolean => {
    const box = boxes[index];
    return box !== undefined && moved[movedKey(box)] !== undefined;
  };
  const sceneLinks = links.map((link, index) => {
    const { fromY = 0, toY = 0 } = graph.links[index] ?? {};
    const [from, to] = [tables[link.from], tables[link.to]];
    const isDirect = from !== undefined && to !== undefined && (isMoved(link.from) || isMoved(link.to));
    return sceneLink(
      link,
      index,
      isDirect ? directRoute(from, to, fromY, toY) : (layout.routes[index] ?? []),
    );
  });
  const corners = [...tables, ...sceneLinks.map(({ bounds }) => bounds)].flatMap(
    ({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ],
  );
  const bounds = corners.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : areaOf(corners);
  return { tables, links: sceneLinks, ...bounds };
}
