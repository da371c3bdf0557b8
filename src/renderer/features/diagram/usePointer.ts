import { type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Point } from './layout/graph.ts';
import type { Looked } from './relations.ts';
import type { CameraControl } from './useCamera.ts';

/** A hand moves as far as this while it clicks. */
const threshold = 4;
/** How much a notch of the wheel zooms. */
const wheelZoom = 0.0022;
const lineHeight = 16;

/** What is dragged: the diagram, or one of its tables. */
interface Drag {
  readonly table: number | null;
  readonly start: Point;
  last: Point;
  hasMoved: boolean;
}

interface PointerPlace {
  readonly clientX: number;
  readonly clientY: number;
}

export interface PointerOptions {
  readonly camera: CameraControl;
  /** While the space bar is held, everything moves the diagram. */
  readonly isSpaceHeld: () => boolean;
  readonly lookedAt: (event: PointerPlace) => Looked;
  readonly onLook: (looked: Looked) => void;
  readonly onSelect: (table: number | null) => void;
  readonly onOpen: (table: number) => void;
  /** In units of the diagram, from where the table was when it was taken. */
  readonly onMove: (table: number, by: Point) => void;
  readonly onMoveBegin: (table: number) => void;
}

/** The wheel moves the diagram, and zooms with Ctrl: where the pointer is stays what it points at. */
function useWheel({ roomRef, pan, zoomAt }: CameraControl): void {
  const turn = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeight : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const corner = roomRef.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    if (event.ctrlKey || event.metaKey) {
      zoomAt(Math.exp(-dy * wheelZoom), { x: event.clientX - corner.left, y: event.clientY - corner.top });
    } else if (event.shiftKey && dx === 0) pan({ x: -dy, y: 0 });
    else pan({ x: -dx, y: -dy });
  });
  useEffect(() => {
    const room = roomRef.current;
    if (room === null) return;
    const listener = (event: WheelEvent): void => turn(event);
    // React's own listener cannot keep the page from zooming.
    room.addEventListener('wheel', listener, { passive: false });
    return () => room.removeEventListener('wheel', listener);
  }, [roomRef]);
}

/** What the pointer does in the room of a diagram. */
export function usePointer(options: PointerOptions) {
  const { camera, isSpaceHeld, lookedAt, onLook, onSelect, onOpen, onMove, onMoveBegin } = options;
  const dragRef = useRef<Drag | null>(null);
  const [dragged, setDragged] = useState<'diagram' | 'table' | null>(null);
  useWheel(camera);

  const tableAt = (event: PointerPlace): number | null => {
    const looked = lookedAt(event);
    return looked?.type === 'table' ? looked.index : null;
  };
  /** Whether the hand has gone so far that it does not click. */
  const begins = (taken: Drag, point: Point): boolean => {
    if (Math.hypot(point.x - taken.start.x, point.y - taken.start.y) < threshold) return false;
    if (taken.table !== null) onMoveBegin(taken.table);
    setDragged(taken.table === null ? 'diagram' : 'table');
    return true;
  };
  const drag = (taken: Drag, point: Point): void => {
    taken.hasMoved ||= begins(taken, point);
    if (!taken.hasMoved) return;
    const scale = camera.scale();
    if (taken.table === null) camera.pan({ x: point.x - taken.last.x, y: point.y - taken.last.y });
    else {
      onMove(taken.table, { x: (point.x - taken.start.x) / scale, y: (point.y - taken.start.y) / scale });
    }
    taken.last = point;
  };
  const end = (): void => {
    dragRef.current = null;
    setDragged(null);
  };
  return {
    dragged,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button > 1) return;
        const point = { x: event.clientX, y: event.clientY };
        const takesAll = event.button === 1 || isSpaceHeld();
        const table = takesAll ? null : tableAt(event);
        if (!takesAll && table !== null) onSelect(table);
        dragRef.current = { table, start: point, last: point, hasMoved: takesAll };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove(event: PointerEvent) {
        if (dragRef.current === null) onLook(lookedAt(event));
        else drag(dragRef.current, { x: event.clientX, y: event.clientY });
      },
      onPointerUp() {
        const taken = dragRef.current;
        if (taken !== null && !taken.hasMoved && taken.table === null) onSelect(null);
        end();
      },
      onPointerCancel: end,
      onPointerLeave: () => onLook(null),
      onDoubleClick(event: PointerPlace) {
        const table = tableAt(event);
        if (table !== null) onOpen(table);
      },
    },
  };
}
