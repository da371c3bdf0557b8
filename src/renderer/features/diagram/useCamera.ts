import { startTransition, useLayoutEffect, useRef, useState } from 'react';
import { type Camera, centred, drawnArea, fitting, revealing, zoomed } from './camera.ts';
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

/** What is drawn, as far as it has to be drawn anew when it changes. */
interface Shown {
  readonly scale: number;
  readonly area: Area;
}

/** A hand that zooms turns the wheel at least this often. */
const restMs = 140;

/** A table is found at this scale at least. */
const readableScale = 0.7;

/**
 * What of a diagram is seen. Each new layout is shown whole. Moving and zooming change what is on the screen at once, by two
 * attributes; what has to be drawn for it comes as soon as there is time.
 * @param layout another object for each layout
 */
export function useCamera(scene: Area, layout: object) {
  const { roomRef, room } = useRoom();
  const layerRef = useRef<HTMLDivElement>(null);
  const groupRef = useRef<SVGGElement>(null);
  const cameraRef = useRef<Camera>({ x: 0, y: 0, scale: 1 });
  const paintedScaleRef = useRef(1);
  const timerRef = useRef<ReturnType<typeof setTimeout> | null>(null);
  const shownRef = useRef<Shown | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const isReady = room.width > 0;

  const place = (): void => {
    const { x, y, scale } = cameraRef.current;
    const stretch = scale / paintedScaleRef.current;
    if (layerRef.current !== null) {
      layerRef.current.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`;
    }
    groupRef.current?.setAttribute('transform', `scale(${paintedScaleRef.current})`);
  };
  /** Paints at the scale of the camera, and draws what is not drawn yet. */
  const settle = (): void => {
    const camera = cameraRef.current;
    paintedScaleRef.current = camera.scale;
    place();
    const before = shownRef.current;
    const area = drawnArea(before?.area ?? null, camera, room);
    if (before !== null && before.area === area && before.scale === camera.scale) return;
    const next = { scale: camera.scale, area };
    shownRef.current = next;
    startTransition(() => setShown(next));
  };
  const show = (camera: Camera): void => {
    cameraRef.current = camera;
    settle();
  };
  /** While a hand zooms, what is painted already is stretched; it is painted anew when the hand rests. */
  const zoomAt = (factor: number, point: Point): void => {
    cameraRef.current = zoomed(cameraRef.current, factor, point);
    place();
    if (timerRef.current !== null) clearTimeout(timerRef.current);
    timerRef.current = setTimeout(settle, restMs);
  };
  // The two attributes are no business of React's: it would put back what they were when it drew last.
  useLayoutEffect(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table that is moved changes the scene, but not what is seen
  useLayoutEffect(() => {
    if (isReady) show(fitting(scene, room));
  }, [layout, isReady]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a larger room shows more of the same
  useLayoutEffect(() => {
    if (isReady) show(cameraRef.current);
  }, [room]);

  const zoom = (factor: number): void =>
    show(zoomed(cameraRef.current, factor, { x: room.width / 2, y: room.height / 2 }));
  return {
    roomRef,
    layerRef,
    groupRef,
    shown,
    scale: (): number => cameraRef.current.scale,
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
