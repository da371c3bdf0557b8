import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { diagramColours } from './diagramColours.ts';
import { type Picture, paintDiagram } from './paintDiagram.ts';
import type { CameraControl } from './useCamera.ts';

/** Keeps a canvas at what a camera sees. It is as sharp as the screen, at each scale. */
export function usePainting(
  { painterRef, requestPaint }: CameraControl,
  { scene, selected, focus }: Pick<Picture, 'scene' | 'selected' | 'focus'>,
) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  useLayoutEffect(() => {
    painterRef.current = (camera, { width, height }) => {
      const canvas = canvasRef.current;
      const pen = canvas?.getContext('2d');
      if (canvas === null || pen === null || pen === undefined) return;
      const size = [width, height].map((length) => Math.round(length * devicePixelRatio));
      if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width = 0, canvas.height = 0] = size;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      const { fontFamily } = getComputedStyle(canvas);
      paintDiagram(pen, { scene, selected, focus, colours: diagramColours[scheme], fontFamily }, camera, {
        width,
        height,
      });
    };
    requestPaint();
  }, [painterRef, requestPaint, scene, selected, focus, scheme]);
  // Letters that no text had before come with a font of their own.
  useEffect(() => {
    document.fonts.addEventListener('loadingdone', requestPaint);
    return () => document.fonts.removeEventListener('loadingdone', requestPaint);
  }, [requestPaint]);
  return canvasRef;
}
