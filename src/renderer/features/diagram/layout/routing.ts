import type { Columns, Piece } from './columnItems.ts';
import type { LayoutGraph, Point } from './graph.ts';

/** Room for the foot of a crow at both ends, and between lines that run down beside each other. */
export const footRoom = 26;
const trackRoom = 9;
/** Lines of different links on one track keep this distance. */
const trackGap = 8;

/** Where each column begins and how wide it is, and where the lines of each bundle run down behind it. */
export interface ColumnPlaces {
  readonly lefts: readonly number[];
  readonly widths: readonly number[];
  readonly tracks: readonly ReadonlyMap<string, number>[];
}

interface Net {
  readonly bundle: string;
  top: number;
  bottom: number;
}

/** What each bundle takes of the height between two columns. Those that run straight take none. */
function netsOf(pieces: readonly Piece[], places: readonly number[]): readonly Net[] {
  const nets = new Map<string, Net>();
  for (const { bundle, left, right, leftY, rightY } of pieces) {
    const ends = [(places[left] ?? 0) + leftY, (places[right] ?? 0) + rightY];
    const net = nets.get(bundle) ?? {
      bundle,
      top: Number.POSITIVE_INFINITY,
      bottom: Number.NEGATIVE_INFINITY,
    };
    net.top = Math.min(net.top, ...ends);
    net.bottom = Math.max(net.bottom, ...ends);
    nets.set(bundle, net);
  }
  return [...nets.values()];
}

/** Gives each net the first track that is free where it runs. @returns how many tracks there are, and which is whose */
function tracksOf(nets: readonly Net[]): { count: number; trackOf: ReadonlyMap<string, number> } {
  const ends: number[] = [];
  const trackOf = new Map<string, number>();
  for (const { bundle, top, bottom } of nets.toSorted(
    (one, other) => one.top - other.top || one.bottom - other.bottom,
  )) {
    const free = ends.findIndex((end) => end + trackGap <= top);
    const track = free < 0 ? ends.length : free;
    ends[track] = bottom;
    trackOf.set(bundle, track);
  }
  return { count: ends.length, trackOf };
}

/** Places the columns beside each other, with room for the lines between them. */
export function placeColumns(
  { boxes }: LayoutGraph,
  { items, columns, gaps }: Columns,
  places: readonly number[],
): ColumnPlaces {
  const widths = columns.map((column) =>
    Math.max(0, ...column.map((item) => boxes[items[item]?.box ?? -1]?.width ?? 0)),
  );
  const lefts: number[] = [];
  const tracks: Map<string, number>[] = [];
  let x = 0;
  for (const [column, width] of widths.entries()) {
    lefts.push(x);
    x += width;
    const { count, trackOf } = tracksOf(netsOf(gaps[column] ?? [], places));
    const first = x + footRoom;
    tracks.push(new Map([...trackOf].map(([bundle, track]) => [bundle, first + track * trackRoom])));
    x = first + Math.max(0, count - 1) * trackRoom + footRoom;
  }
  return { lefts, widths, tracks };
}

/** Without points that lie on the line between their neighbours. */
export function withoutStraightPoints(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const isOnLine =
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isOnLine) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** The corners of a link from left to right. */
export function routeOf(
  graph: LayoutGraph,
  { items, ways }: Columns,
  link: number,
  places: readonly number[],
  { lefts, tracks }: ColumnPlaces,
): readonly Point[] {
  const way = ways.get(link);
  const points: Point[] = [];
  for (const [at, piece] of (way?.pieces ?? []).entries()) {
    const column = (way?.column ?? 0) + at;
    const from = (places[piece.left] ?? 0) + piece.leftY;
    const to = (places[piece.right] ?? 0) + piece.rightY;
    const box = items[piece.left]?.box ?? null;
    const track = tracks[column]?.get(piece.bundle) ?? 0;
    if (box !== null) points.push({ x: (lefts[column] ?? 0) + (graph.boxes[box]?.width ?? 0), y: from });
    points.push({ x: track, y: from }, { x: track, y: to });
    if (items[piece.right]?.box !== null) points.push({ x: lefts[column + 1] ?? 0, y: to });
  }
  return withoutStraightPoints(points);
}

/** How far the line of a table to itself stands out. */
const loopRoom = footRoom - 4;

/** The corners of a link of a box to itself, on its right side. */
export function loopRoute(right: number, fromY: number, toY: number): readonly Point[] {
  // Both ends in one row would be one line.
  const end = fromY === toY ? toY - 8 : toY;
  return [
    { x: right, y: fromY },
    { x: right + loopRoom, y: fromY },
    { x: right + loopRoom, y: end },
    { x: right, y: end },
  ];
}
