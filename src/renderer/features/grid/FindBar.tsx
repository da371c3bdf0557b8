import { IconLetterCase } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { FindBox } from '../../components/FindBox.tsx';
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
    <FindBox
      className={classes.find}
      turn={turn}
      width={200}
      maxLength={1_000}
      text={text}
      words={words}
      status={says}
      statusHint={status.type === 'found' && status.hasWrapped ? words.wrapped : undefined}
      onText={setText}
      onPrevious={() => find(text, matchesCase, true)}
      onNext={() => find(text, matchesCase, false)}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <IconButton
        size="sm"
        label={words.matchCase}
        isPressed={matchesCase}
        onClick={() => setMatchesCase(!matchesCase)}
      >
        <IconLetterCase size={16} />
      </IconButton>
    </FindBox>
  );
}
