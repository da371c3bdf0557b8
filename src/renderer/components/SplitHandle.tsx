import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './SplitHandle.module.css';

interface SplitHandleProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** How far an arrow key moves it. */
  readonly step: number;
  /** The value that puts the handle at this place of the window. */
  readonly valueAt: (clientX: number) => number;
  readonly onChange: (value: number) => void;
  /** The value grows to the left. */
  readonly isReversed?: boolean;
}

/** The line between two panes side by side: dragged, or moved with the arrow keys. */
export function SplitHandle({
  label,
  value,
  min,
  max,
  step,
  valueAt,
  onChange,
  isReversed = false,
}: SplitHandleProps) {
  const change = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) change(valueAt(event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    change(value + (isReversed ? -direction : direction) * step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line between panes is no thematic break
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={classes.handle}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
