import { columnItems } from './columnItems.ts';
import { connectedParts, type Layout, type LayoutGraph, type Part, type Point, type Size } from './graph.ts';
import { columnsOf } from './layers.ts';
import { orderColumns } from './ordering.ts';
import { packed, packedGrid } from './packing.ts';
import { placeItems } from './placement.ts';
import { footRoom, loopRoute, placeColumns, routeOf } from './routing.ts';

/** A part by itself, its corner at the origin. */
interface PlacedPart extends Size {
  readonly places: ReadonlyMap<number, Point>;
  readonly routes: ReadonlyMap<number, readonly Point[]>;
}

const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y });

/** The box that holds everything, lines included. */
function boundsOf(
  { boxes }: LayoutGraph,
  places: ReadonlyMap<number, Point>,
  routes: Iterable<readonly Point[]>,
) {
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [box, { x, y }] of places) {
    xs.push(x, x + (boxes[box]?.width ?? 0));
    ys.push(y, y + (boxes[box]?.height ?? 0));
  }
  for (const { x, y } of [...routes].flat()) {
    xs.push(x);
    ys.push(y);
  }
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Lays out one connected part in columns. */
function* layoutPart(graph: LayoutGraph, part: Part): Generator<void, PlacedPart> {
  const columns = columnItems(graph, part, columnsOf(graph, part));
  yield;
  const orders = yield* orderColumns(columns);
  const heights = (yield* placeItems(columns, orders)).map((y) => Math.round(y));
  const across = placeColumns(graph, columns, heights);
  yield;
  const places = new Map<number, Point>();
  for (const [column, order] of orders.entries()) {
    for (const item of order) {
      const box = columns.items[item]?.box ?? null;
      if (box !== null) places.set(box, { x: across.lefts[column] ?? 0, y: heights[item] ?? 0 });
    }
  }
  const routes = new Map<number, readonly Point[]>();
  for (const link of part.links) {
    const points = routeOf(graph, columns, link, heights, across);
    const { from, to } = graph.links[link] ?? { from: 0, to: 0 };
    const startsLeft = (places.get(from)?.x ?? 0) < (places.get(to)?.x ?? 0);
    routes.set(link, startsLeft ? points : points.toReversed());
  }
  const { left, top, ...size } = boundsOf(graph, places, routes.values());
  const by = { x: -left, y: -top };
  return {
    ...size,
    places: new Map([...places].map(([box, place]) => [box, moved(place, by)])),
    routes: new Map([...routes].map(([link, points]) => [link, points.map((point) => moved(point, by))])),
  };
}

/** Boxes that no other one is connected with, with the room of their own links. */
function standAlone(graph: LayoutGraph, parts: readonly Part[]) {
  const loops = new Set(graph.links.flatMap(({ from, to }) => (from === to ? [from] : [])));
  return parts
    .flatMap(({ boxes }) => (boxes.length === 1 ? boxes : []))
    .map((box) => {
      const { width, height } = graph.boxes[box] ?? { width: 0, height: 0 };
      return { box, width: loops.has(box) ? width + footRoom : width, height };
    });
}

/** The route of each link of a box to itself, by where the boxes are. */
function loopRoutes({ boxes, links }: LayoutGraph, places: readonly Point[]) {
  return links.map(({ from, to, fromY, toY }) => {
    if (from !== to) return null;
    const { x, y } = places[from] ?? { x: 0, y: 0 };
    return loopRoute(x + (boxes[from]?.width ?? 0), y + fromY, y + toY);
  });
}

/**
 * Lays out tables and their foreign keys: tables that others refer to on the left, links along straight lines beside them,
 * connected parts apart, and tables without relations in a grid below. Nothing overlaps.
 * @returns ends with the layout; whoever runs it can rest in between
 */
export function* layoutDiagram(graph: LayoutGraph): Generator<void, Layout> {
  const parts = connectedParts(graph);
  const placed: PlacedPart[] = [];
  for (const part of parts) {
    if (part.boxes.length > 1) placed.push(yield* layoutPart(graph, part));
  }
  const alone = standAlone(graph, parts);
  const main = packed(placed);
  const grid = packedGrid(alone, main);
  yield;
  const places: Point[] = graph.boxes.map(() => ({ x: 0, y: 0 }));
  const routes: (readonly Point[])[] = graph.links.map(() => []);
  for (const [index, part] of placed.entries()) {
    const corner = main.corners[index] ?? { x: 0, y: 0 };
    for (const [box, place] of part.places) places[box] = moved(place, corner);
    for (const [link, points] of part.routes) routes[link] = points.map((point) => moved(point, corner));
  }
  for (const [index, { box }] of alone.entries()) places[box] = grid.corners[index] ?? { x: 0, y: 0 };
  const loops = loopRoutes(graph, places);
  return {
    places,
    routes: routes.map((route, link) => loops[link] ?? route),
    width: Math.max(main.width, grid.width),
    height: grid.height,
  };
}
