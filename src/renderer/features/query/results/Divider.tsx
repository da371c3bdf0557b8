import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { queryText } from '../../../text/query.ts';
import { tabsStore } from '../../tabs/index.ts';
import classes from './Results.module.css';

const smallest = 10;
const largest = 90;
const keyStep = 5;
const keySteps: Readonly<Record<string, number>> = { ArrowUp: -keyStep, ArrowDown: keyStep };

const bounded = (share: number): number => Math.min(largest, Math.max(smallest, Math.round(share * 10) / 10));

interface DividerProps {
  readonly tab: TabOf<'query'>;
  /** What the editor and its results share. */
  readonly panesRef: RefObject<HTMLElement | null>;
}

/** The line between the editor and its results; dragging it, or the arrow keys, move it. */
export function Divider({ tab, panesRef }: DividerProps) {
  const [isDragged, setIsDragged] = useState(false);
  const place = (share: number) => tabsStore.getState().patch(tab.id, { editorShare: bounded(share) });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setIsDragged(true);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const panes = panesRef.current?.getBoundingClientRect();
    if (isDragged && panes !== undefined) place(((event.clientY - panes.top) / panes.height) * 100);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = keySteps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    place(tab.editorShare + step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      className={classes.divider}
      aria-orientation="horizontal"
      aria-label={queryText.divider}
      aria-valuenow={Math.round(tab.editorShare)}
      aria-valuemin={smallest}
      aria-valuemax={largest}
      data-dragged={isDragged || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => setIsDragged(false)}
      onPointerCancel={() => setIsDragged(false)}
      onKeyDown={onKeyDown}
    />
  );
}
