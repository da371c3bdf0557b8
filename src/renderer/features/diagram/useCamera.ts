import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type Camera, centred, drawnArea, fitting, revealing, zoomed } from './camera.ts';
import type { Point, Size } from './layout/graph.ts';
import type { Area } from './scene.ts';

const nothing: Area = { x: 0, y: 0, width: 0, height: 0 };

/** Follows the size of an element; a hidden one keeps the size that it had. */
function useRoom() {
  const roomRef = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = roomRef.current;
    if (element === null) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setRoom({ width, height });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { roomRef, room };
}

/**
 * What of a diagram is seen. Each new layout is shown whole.
 * @param layout another object for each layout
 */
export function useCamera(scene: Area, layout: object) {
  const { roomRef, room } = useRoom();
  const [camera, setCamera] = useState<Camera>({ x: 0, y: 0, scale: 1 });
  const [fitted, setFitted] = useState<object | null>(null);
  const [drawn, setDrawn] = useState<Area | null>(null);
  const isReady = room.width > 0;
  if (isReady && fitted !== layout) {
    setFitted(layout);
    setCamera(fitting(scene, room));
  }
  const area = isReady ? drawnArea(drawn, camera, room) : nothing;
  if (isReady && area !== drawn) setDrawn(area);

  const pan = useCallback((by: Point): void => {
    setCamera((before) => ({ ...before, x: before.x + by.x, y: before.y + by.y }));
  }, []);
  const zoomAt = useCallback((factor: number, point: Point): void => {
    setCamera((before) => zoomed(before, factor, point));
  }, []);
  /** Around the middle of what is seen. */
  const zoom = (factor: number): void => zoomAt(factor, { x: room.width / 2, y: room.height / 2 });
  return {
    roomRef,
    camera,
    area,
    isReady,
    pan,
    zoomAt,
    zoom,
    zoomFull: () => zoom(1 / camera.scale),
    fit: () => setCamera(fitting(scene, room)),
    reveal: (wanted: Area) => setCamera(revealing(camera, wanted, room)),
    centre: (wanted: Area) =>
      setCamera(centred({ ...camera, scale: Math.max(camera.scale, 0.6) }, wanted, room)),
  };
}

export type CameraControl = ReturnType<typeof useCamera>;
