import { overlaps } from './camera.ts';
import type { Point } from './layout/graph.ts';
import { detailFrom, linkPaths, type Picture } from './paintDiagram.ts';
import type { Looked } from './relations.ts';
import type { Scene } from './scene.ts';

/** It paints nothing: a path is asked whether it passes by a place. */
let askedPen: CanvasRenderingContext2D | null = null;

/** Half of what a hand needs to hit a line, on the screen. */
const reach = 5;

/** The table at a place of the diagram: of several, the one that is painted last. */
function tableAt({ tables }: Scene, selected: number | null, { x, y }: Point): number | null {
  const at = { x, y, width: 0, height: 0 };
  const found = tables.filter((table) => overlaps(table, at));
  return (found.find(({ index }) => index === selected) ?? found.at(-1))?.index ?? null;
}

/** The link whose line passes by a place. */
function linkAt({ links }: Scene, { x, y }: Point, distance: number): number | null {
  const near = { x: x - distance, y: y - distance, width: 2 * distance, height: 2 * distance };
  askedPen ??= document.createElement('canvas').getContext('2d');
  const pen = askedPen;
  if (pen === null) return null;
  pen.lineWidth = 2 * distance;
  const found = links.findLast(
    (link) => overlaps(link.bounds, near) && pen.isPointInStroke(linkPaths(link).line, x, y),
  );
  return found?.index ?? null;
}

/** What is at a place of the diagram. */
export function lookedAt(
  { scene, selected }: Pick<Picture, 'scene' | 'selected'>,
  point: Point,
  scale: number,
): Looked {
  const table = tableAt(scene, selected, point);
  if (table !== null) return { type: 'table', index: table };
  // Where they are small nobody points at them.
  const link = scale >= detailFrom ? linkAt(scene, point, reach / scale) : null;
  return link === null ? null : { type: 'link', index: link };
}
