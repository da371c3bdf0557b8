import { type KeyboardEvent, useState } from 'react';
import { FindBox } from '../../components/FindBox.tsx';
import { diagramText as words } from '../../text/diagram.ts';
import classes from './Diagram.module.css';
import { tablesFound } from './relations.ts';
import type { SceneTable } from './scene.ts';

interface FindTableProps {
  readonly tables: readonly SceneTable[];
  /** Grows each time that the field is asked for: it takes the focus again. */
  readonly turn: number;
  readonly onFound: (table: SceneTable) => void;
  readonly onClose: () => void;
}

/** Finds tables by their names, while a person types. Enter goes to the next one, Escape closes. */
export function FindTable({ tables, turn, onFound, onClose }: FindTableProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = tablesFound(tables, text);

  const show = (place: number, among = found): void => {
    if (among.length === 0) return;
    const next = (place + among.length) % among.length;
    setAt(next);
    const table = among[next];
    if (table !== undefined) onFound(table);
  };
  const type = (typed: string): void => {
    setText(typed);
    setAt(0);
    show(0, tablesFound(tables, typed));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'F3') show(at + (event.shiftKey ? -1 : 1));
    else if (event.key === 'ArrowDown') show(at + 1);
    else if (event.key === 'ArrowUp') show(at - 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const says =
    found.length > 0 ? words.find.found(Math.min(at, found.length - 1) + 1, found.length) : words.find.none;
  return (
    <FindBox
      className={classes.find}
      turn={turn}
      width={180}
      maxLength={200}
      text={text}
      words={words.find}
      status={text.trim() === '' ? '' : says}
      onText={type}
      onPrevious={() => show(at - 1)}
      onNext={() => show(at + 1)}
      onClose={onClose}
      onKeyDown={onKeyDown}
    />
  );
}
