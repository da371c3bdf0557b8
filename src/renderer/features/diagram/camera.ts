import type { Point, Size } from './layout/graph.ts';
import type { Area } from './scene.ts';

/** What of a diagram is seen: a point of it stands at `place * scale + (x, y)` in the room. */
export interface Camera extends Point {
  readonly scale: number;
}

const scales = { min: 0.05, max: 3 };
/** Room around what is shown whole. */
const margin = 32;

/** Zooms by a factor; what is at a point of the room stays there. */
export function zoomed(camera: Camera, factor: number, { x, y }: Point): Camera {
  const scale = Math.min(scales.max, Math.max(scales.min, camera.scale * factor));
  const by = scale / camera.scale;
  return { scale, x: x - (x - camera.x) * by, y: y - (y - camera.y) * by };
}

/** Shows all of an area, in the middle of the room, not larger than it is. */
export function fitting(area: Area, room: Size): Camera {
  const across = (room.width - 2 * margin) / Math.max(1, area.width);
  const down = (room.height - 2 * margin) / Math.max(1, area.height);
  const scale = Math.min(1, Math.max(scales.min, Math.min(across, down)));
  return {
    scale,
    x: (room.width - area.width * scale) / 2 - area.x * scale,
    y: (room.height - area.height * scale) / 2 - area.y * scale,
  };
}

/** What of the diagram is in the room. */
export const seenArea = ({ x, y, scale }: Camera, { width, height }: Size): Area => ({
  ...{ x: -x / scale, y: -y / scale },
  ...{ width: width / scale, height: height / scale },
});

/** The place of the diagram at a place in the room. */
export const placeAt = ({ x, y, scale }: Camera, point: Point): Point => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

export const overlaps = (one: Area, other: Area): boolean =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height;

const contains = (outer: Area, { x, y, width, height }: Area): boolean =>
  x >= outer.x && y >= outer.y && x + width <= outer.x + outer.width && y + height <= outer.y + outer.height;

/** Moves the camera no further than needed for an area to be seen; what is too large is shown from its corner. */
export function revealing(camera: Camera, area: Area, room: Size): Camera {
  const seen = seenArea(camera, room);
  const edge = margin / camera.scale;
  const wanted = {
    x: area.x - edge,
    y: area.y - edge,
    width: area.width + 2 * edge,
    height: area.height + 2 * edge,
  };
  if (contains(seen, wanted)) return camera;
  const shift = (from: number, length: number, to: number, needed: number): number => {
    if (needed > length || to < from) return to - from;
    return Math.max(0, to + needed - from - length);
  };
  return {
    ...camera,
    x: camera.x - shift(seen.x, seen.width, wanted.x, wanted.width) * camera.scale,
    y: camera.y - shift(seen.y, seen.height, wanted.y, wanted.height) * camera.scale,
  };
}

/** Brings the middle of an area to the middle of the room. */
export function centred(camera: Camera, area: Area, room: Size): Camera {
  return {
    ...camera,
    x: room.width / 2 - (area.x + area.width / 2) * camera.scale,
    y: room.height / 2 - (area.y + area.height / 2) * camera.scale,
  };
}
