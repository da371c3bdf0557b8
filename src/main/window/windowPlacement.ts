import { minHeight, minWidth, type WindowMemory } from './windowMemory.ts';

/** In device-independent pixels of the whole desktop. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window opens; without a position it is centred. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly isMaximized: boolean;
}

const defaultWidth = 1_280;
const defaultHeight = 800;

/** So much of the title bar must be on a display that a person can take hold of it. */
const graspWidth = 120;
const titleBarHeight = 32;

/**
 * Where to open: as remembered, unless that is on no display any more; never larger than the display.
 * @param workAreas of the displays there are now, the primary one first
 */
export function placeWindow(remembered: WindowMemory | null, workAreas: readonly Rectangle[]): Placement {
  const area = remembered === null ? undefined : workAreas.find((area) => canGrasp(remembered, area));
  if (remembered === null || area === undefined) {
    const size = fitInto({ width: defaultWidth, height: defaultHeight }, workAreas[0]);
    return { ...size, isMaximized: remembered?.isMaximized ?? false };
  }
  const { x, y, isMaximized } = remembered;
  return { x, y, ...fitInto(remembered, area), isMaximized };
}

function canGrasp(bounds: WindowMemory, area: Rectangle): boolean {
  const shownWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return shownWidth >= graspWidth && bounds.y >= area.y && bounds.y + titleBarHeight <= area.y + area.height;
}

function fitInto(
  size: { width: number; height: number },
  area: Rectangle | undefined,
): { width: number; height: number } {
  return {
    width: Math.max(minWidth, Math.min(size.width, area?.width ?? size.width)),
    height: Math.max(minHeight, Math.min(size.height, area?.height ?? size.height)),
  };
}
