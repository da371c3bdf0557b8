import { overlaps } from './camera.ts';
import type { Point } from './layout/graph.ts';
import { linkPaths } from './paintDiagram.ts';
import type { Looked } from './relations.ts';
import type { Scene } from './scene.ts';

/** Half of what a hand needs to hit a line, on the screen. */
const reach = 5;

/** The table at a place of the diagram: of several, the one that is painted last. */
export function tableAt({ tables }: Scene, { x, y }: Point): number | null {
  const at = { x, y, width: 0, height: 0 };
  return tables.findLast((table) => overlaps(table, at))?.index ?? null;
}

/** The link whose line passes by a place. */
function linkAt({ links }: Scene, { x, y }: Point, distance: number): number | null {
  const near = { x: x - distance, y: y - distance, width: 2 * distance, height: 2 * distance };
  const pen = document.createElement('canvas').getContext('2d');
  if (pen === null) return null;
  pen.lineWidth = 2 * distance;
  const found = links.findLast(
    (link) => overlaps(link.bounds, near) && pen.isPointInStroke(linkPaths(link).line, x, y),
  );
  return found?.index ?? null;
}

/** What is at a place of the diagram. @param hasLinks false where links are too small to be pointed at */
export function lookedAt(scene: Scene, point: Point, scale: number, hasLinks: boolean): Looked {
  const table = tableAt(scene, point);
  if (table !== null) return { type: 'table', index: table };
  const link = hasLinks ? linkAt(scene, point, reach / scale) : null;
  return link === null ? null : { type: 'link', index: link };
}
