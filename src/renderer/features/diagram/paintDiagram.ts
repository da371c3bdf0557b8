import { type Camera, overlaps, seenArea } from './camera.ts';
import type { DiagramColours } from './diagramColours.ts';
import type { Size } from './layout/graph.ts';
import { paintSmallTable, paintTable } from './paintTable.ts';
import type { Focus } from './relations.ts';
import type { Scene, SceneLink, SceneTable } from './scene.ts';

/** Below this scale columns cannot be read, and are left out. */
export const detailFrom = 0.5;

/** What is painted: what belongs to a table that a person looks at stands out from the rest. */
export interface Picture {
  readonly scene: Scene;
  readonly selected: number | null;
  readonly focus: Focus | null;
  readonly colours: DiagramColours;
  readonly fontFamily: string;
}

/** All that is not looked at. */
const dimmed = 0.35;

interface LinkPaths {
  readonly line: Path2D;
  readonly ends: Path2D;
}

const known = new WeakMap<SceneLink, LinkPaths>();

/** The line of a link and what stands at both ends, made once. */
export function linkPaths(link: SceneLink): LinkPaths {
  const found = known.get(link) ?? { line: new Path2D(link.line), ends: new Path2D(link.ends) };
  known.set(link, found);
  return found;
}

/** Links where they are small: all their lines go straight down or across, and such bars are painted fastest. */
function paintSmallLinks(pen: CanvasRenderingContext2D, links: readonly SceneLink[], width: number): void {
  for (const { points } of links) {
    for (const [at, to] of points.entries()) {
      const from = points[at - 1];
      if (from === undefined) continue;
      const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
      pen.fillRect(
        x - width / 2,
        y - width / 2,
        Math.abs(from.x - to.x) + width,
        Math.abs(from.y - to.y) + width,
      );
    }
  }
}

function paintLinks(pen: CanvasRenderingContext2D, links: readonly SceneLink[], hasEnds: boolean): void {
  for (const link of links) pen.stroke(linkPaths(link).line);
  if (!hasEnds) return;
  for (const link of links) {
    const { ends } = linkPaths(link);
    pen.fill(ends);
    pen.stroke(ends);
  }
}

/** Paints what the camera sees of a diagram. Lines are as thin at each scale. */
export function paintDiagram(
  pen: CanvasRenderingContext2D,
  { scene, selected, focus, colours, fontFamily }: Picture,
  camera: Camera,
  room: Size,
): void {
  const { scale } = camera;
  const ratio = devicePixelRatio;
  const hasDetail = scale >= detailFrom;
  const seen = seenArea(camera, room);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  const moveTo = (x: number, y: number): void =>
    pen.setTransform(
      ...[ratio * scale, 0, 0, ratio * scale],
      ratio * (camera.x + x * scale),
      ratio * (camera.y + y * scale),
    );
  moveTo(0, 0);
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 1 / scale;
  pen.strokeStyle = colours.line;
  const links = scene.links.filter(({ bounds }) => overlaps(bounds, seen));
  pen.globalAlpha = focus === null ? 1 : dimmed;
  pen.fillStyle = hasDetail ? colours.page : colours.faintLine;
  if (hasDetail) paintLinks(pen, links, true);
  else paintSmallLinks(pen, links, 1 / scale);

  const paint = hasDetail ? paintTable : paintSmallTable;
  // A table that was moved onto others must not shine through them.
  const rank = ({ index }: SceneTable): number => {
    if (index === selected) return 2;
    return focus === null || focus.tables.has(index) ? 1 : 0;
  };
  const tables = scene.tables.filter((table) => overlaps(table, seen));
  for (const table of tables.toSorted((one, other) => rank(one) - rank(other))) {
    pen.globalAlpha = focus === null || focus.tables.has(table.index) ? 1 : dimmed;
    moveTo(table.x, table.y);
    const isSelected = table.index === selected;
    paint(pen, table, { colours, scale, ratio, fontFamily, seen, isSelected });
  }
  if (focus === null) return;
  moveTo(0, 0);
  pen.globalAlpha = 1;
  pen.lineWidth = 1.75 / scale;
  pen.strokeStyle = colours.accent;
  pen.fillStyle = colours.page;
  const focused = links.filter(({ index }) => focus.links.has(index));
  paintLinks(pen, focused, hasDetail);
}
