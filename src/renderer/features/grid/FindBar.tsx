import { TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconLetterCase, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../components/IconButton.tsx';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { gridText } from '../../text/grid.ts';
import type { GridStore } from './createGridStore.ts';
import classes from './Grid.module.css';
import { useFind } from './useFind.ts';

const words = gridText.find;

interface FindBarProps {
  readonly store: GridStore;
  /** Grows each time that the bar is asked for: the field takes the focus again. */
  readonly turn: number;
  readonly onClose: () => void;
}

/** Finds a text in the rows: Enter goes on, Shift+Enter goes back, Escape stops and closes. */
export function FindBar({ store, turn, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [matchesCase, setMatchesCase] = useState(false);
  const { status, find, stop } = useFind(store);
  const isComplete = useStore(store, (state) => state.result?.isComplete ?? true);
  const isSlow = useIsSlow(status.type === 'searching');
  const fieldRef = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks for the focus
  useEffect(() => fieldRef.current?.select(), [turn]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'F3') find(text, matchesCase, event.shiftKey);
    else if (event.key === 'Escape') status.type === 'searching' ? stop() : onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const says =
    status.type === 'found'
      ? `${words.at(status.row + 1)}${status.hasWrapped ? ' ↺' : ''}`
      : status.type === 'none'
        ? isComplete
          ? words.none
          : words.noneSoFar
        : status.type === 'searching' && isSlow
          ? words.searching
          : '';
  return (
    <search className={classes.find} onKeyDown={onKeyDown}>
      <TextInput
        ref={fieldRef}
        size="xs"
        w={200}
        value={text}
        aria-label={words.label}
        placeholder={words.placeholder}
        spellCheck={false}
        maxLength={1_000}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <IconButton
        size="sm"
        label={words.matchCase}
        isPressed={matchesCase}
        onClick={() => setMatchesCase(!matchesCase)}
      >
        <IconLetterCase size={16} />
      </IconButton>
      <span
        role="status"
        className={classes.findStatus}
        title={status.type === 'found' && status.hasWrapped ? words.wrapped : undefined}
      >
        {says}
      </span>
      <IconButton
        size="sm"
        label={words.previous}
        shortcut="Shift+Enter"
        onClick={() => find(text, matchesCase, true)}
      >
        <IconArrowUp size={15} />
      </IconButton>
      <IconButton
        size="sm"
        label={words.next}
        shortcut="Enter"
        onClick={() => find(text, matchesCase, false)}
      >
        <IconArrowDown size={15} />
      </IconButton>
      <IconButton size="sm" label={words.close} shortcut="Esc" onClick={onClose}>
        <IconX size={15} />
      </IconButton>
    </search>
  );
}
