import { TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../components/IconButton.tsx';
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
  const fieldRef = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks for the focus
  useEffect(() => fieldRef.current?.select(), [turn]);
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
    found.length > 0 ? words.found(Math.min(at, found.length - 1) + 1, found.length) : words.findNone;
  return (
    <search className={classes.find} onKeyDown={onKeyDown}>
      <TextInput
        ref={fieldRef}
        size="xs"
        w={180}
        value={text}
        aria-label={words.find}
        placeholder={words.find}
        spellCheck={false}
        maxLength={200}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <span role="status" className={classes.findStatus}>
        {text.trim() === '' ? '' : says}
      </span>
      <IconButton size="sm" label={words.previous} shortcut="Shift+Enter" onClick={() => show(at - 1)}>
        <IconArrowUp size={15} />
      </IconButton>
      <IconButton size="sm" label={words.next} shortcut="Enter" onClick={() => show(at + 1)}>
        <IconArrowDown size={15} />
      </IconButton>
      <IconButton size="sm" label={words.closeFind} shortcut="Esc" onClick={onClose}>
        <IconX size={15} />
      </IconButton>
    </search>
  );
}
