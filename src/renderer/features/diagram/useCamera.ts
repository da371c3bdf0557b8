import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Camera, centred, fitting, placeAt, revealing, zoomed } from './camera.ts';
import type { Point, Size } from './layout/graph.ts';
import type { Area } from './scene.ts';

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

/** A table is found at this scale at least. */
const readableScale = 0.7;

/**
 * What of a diagram is seen. Each new layout is shown whole. Whatever moves is painted with the next frame, once.
 * @param layout another object for each layout
 */
export function useCamera(scene: Area, layout: object) {
  const { roomRef, room } = useRoom();
  const cameraRef = useRef<Camera>({ x: 0, y: 0, scale: 1 });
  const frameRef = useRef<number | null>(null);
  const painterRef = useRef<((camera: Camera, room: Size) => void) | null>(null);
  const roomSizeRef = useRef(room);
  /** As it is told in words; the painter reads the camera itself. */
  const [scale, setScale] = useState(1);
  const isReady = room.width > 0;

  const requestPaint = useCallback((): void => {
    frameRef.current ??= requestAnimationFrame(() => {
      frameRef.current = null;
      const size = roomSizeRef.current;
      if (size.width > 0) painterRef.current?.(cameraRef.current, size);
    });
  }, []);
  const show = (camera: Camera): void => {
    cameraRef.current = camera;
    setScale(camera.scale);
    requestPaint();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that is moved changes the scene, but not what is seen
  useLayoutEffect(() => {
    if (isReady) show(fitting(scene, room));
  }, [layout, isReady]);
  // A larger room shows more of the same.
  useLayoutEffect(() => {
    roomSizeRef.current = room;
    requestPaint();
  }, [room, requestPaint]);
  useEffect(
    () => () => {
      if (frameRef.current !== null) cancelAnimationFrame(frameRef.current);
      frameRef.current = null;
    },
    [],
  );

  const zoomAt = (factor: number, point: Point): void => show(zoomed(cameraRef.current, factor, point));
  const zoom = (factor: number): void => zoomAt(factor, { x: room.width / 2, y: room.height / 2 });
  return {
    roomRef,
    /** Paints what the camera sees. */
    painterRef,
    requestPaint,
    /** As it was at the last render. */
    shownScale: scale,
    scale: (): number => cameraRef.current.scale,
    /** The place of the diagram under the pointer. */
    pointedPlace({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
      const { left, top } = roomRef.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
      return placeAt(cameraRef.current, { x: clientX - left, y: clientY - top });
    },
    pan: ({ x, y }: Point): void => {
      const camera = cameraRef.current;
      show({ ...camera, x: camera.x + x, y: camera.y + y });
    },
    zoomAt,
    /** Around the middle of what is seen. */
    zoom,
    zoomFull: (): void => zoom(1 / cameraRef.current.scale),
    fit: (): void => show(fitting(scene, room)),
    reveal: (wanted: Area): void => show(revealing(cameraRef.current, wanted, room)),
    centre: (wanted: Area): void => {
      const scale = Math.max(cameraRef.current.scale, readableScale);
      show(centred({ ...cameraRef.current, scale }, wanted, room));
    },
  };
}

export type CameraControl = ReturnType<typeof useCamera>;
