import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { navigatorText } from '../../text/navigator.ts';
import classes from './Row.module.css';

interface NameFieldProps {
  readonly name: string;
  readonly maxLength: number;
  /** Told the new name, or null when it stays; once. */
  readonly onDone: (name: string | null) => void;
}

/** A name in its row, while it is being edited. Enter takes it, and so does going elsewhere; Escape does not. */
export function NameField({ name, maxLength, onDone }: NameFieldProps) {
  const fieldRef = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    const take = () => fieldRef.current?.select();
    // After F2 the next key belongs here, however soon it comes. A menu still holds the focus, and gives it back when it closes.
    if (document.activeElement?.closest('[role=menu]') === null) return take();
    const turn = requestAnimationFrame(take);
    return () => cancelAnimationFrame(turn);
  }, []);
  const end = (typed: string | null): void => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(typed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // The keys of the tree are letters here.
    event.stopPropagation();
    if (event.key === 'Enter') end(event.currentTarget.value);
    if (event.key === 'Escape') end(null);
  };
  return (
    <input
      ref={fieldRef}
      className={classes.field}
      defaultValue={name}
      maxLength={maxLength}
      aria-label={navigatorText.nameOf(name)}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={(event) => end(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
