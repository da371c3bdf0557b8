import { useDidUpdate } from '@mantine/hooks';
import { type RefObject, useRef } from 'react';
import { focusMarked } from './takeFocus.ts';

/**
 * Puts the focus where a new step inside a window begins: on the element marked with `data-autofocus`. When the window
 * opens, the window itself does that.
 * @param step changes with each step
 */
export function useStepFocus<Room extends HTMLElement = HTMLDivElement>(
  step: string,
): RefObject<Room | null> {
  const ref = useRef<Room>(null);
  useDidUpdate(() => focusMarked(ref.current), [step]);
  return ref;
}
