import { type KeyboardEvent, useRef } from 'react';
import type { Point } from './layout/graph.ts';
import { type Direction, isDirection, nextTable, stepOf } from './relations.ts';
import type { Scene } from './scene.ts';
import type { CameraControl } from './useCamera.ts';

/** How much plus and minus zoom, and how far a key moves a table. */
export const zoomStep = 1.25;
const moveStep = 20;

export interface KeyOptions {
  readonly camera: CameraControl;
  readonly scene: Scene;
  readonly selected: number | null;
  readonly onSelect: (table: number | null) => void;
  readonly onOpen: (table: number) => void;
  readonly onNudge: (table: number, by: Point) => void;
  readonly onFind: () => void;
}

/** What keys do in the room of a diagram. Each answers whether it did something. */
export function useDiagramKeys({ camera, scene, selected, onSelect, onOpen, onNudge, onFind }: KeyOptions) {
  const spaceRef = useRef(false);
  const current = selected === null ? undefined : scene.tables[selected];

  const go = (index: number): void => {
    const table = scene.tables[index];
    if (table === undefined) return;
    onSelect(index);
    camera.reveal(table);
  };
  const arrow = (key: Direction, moves: boolean): void => {
    const { x, y } = stepOf(key);
    if (moves && current !== undefined) onNudge(current.index, { x: x * moveStep, y: y * moveStep });
    else go(current === undefined ? 0 : (nextTable(scene, current, key)?.index ?? current.index));
  };
  const actions: Readonly<Record<string, () => void>> = {
    '+': () => camera.zoom(zoomStep),
    '=': () => camera.zoom(zoomStep),
    '-': () => camera.zoom(1 / zoomStep),
    '0': camera.fit,
    '1': camera.zoomFull,
    '/': onFind,
    ' ': () => {
      spaceRef.current = true;
    },
  };
  const onCurrent = (key: string): boolean => {
    if (current === undefined) return false;
    if (key === 'Enter') onOpen(current.index);
    else if (key === 'Escape') onSelect(null);
    else return false;
    return true;
  };
  const press = (key: string, moves: boolean): boolean => {
    const action = actions[key];
    if (onCurrent(key)) return true;
    if (isDirection(key)) arrow(key, moves);
    else if (key === 'Home') go(0);
    else if (key === 'End') go(scene.tables.length - 1);
    else if (action !== undefined) action();
    else return false;
    return true;
  };
  return {
    isSpaceHeld: () => spaceRef.current,
    handlers: {
      onKeyDown(event: KeyboardEvent) {
        if (event.ctrlKey || event.metaKey || !press(event.key, event.altKey)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onKeyUp(event: KeyboardEvent) {
        if (event.key === ' ') spaceRef.current = false;
      },
      onBlur() {
        spaceRef.current = false;
      },
    },
  };
}
