import { type KeyboardEvent, useRef } from 'react';
import { rowLabel } from './TreeRowView.tsx';
import { type TreeAction, treeActionForKey } from './treeKeyboard.ts';
import type { TreeRow } from './treeRows.ts';
import { findTyped, noLetters, typeLetter } from './typeAhead.ts';

interface TreeKeysOptions {
  readonly rows: readonly TreeRow[];
  readonly activeKey: string | null;
  /** Rows in view, asked for when a page key is pressed. */
  readonly pageSize: () => number;
  readonly perform: (action: TreeAction) => void;
}

const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;

/** The keyboard of the tree: arrows and friends, and letters that jump to a name. */
export function useTreeKeys({ rows, activeKey, pageSize, perform }: TreeKeysOptions) {
  const typed = useRef(noLetters);

  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = treeActionForKey(event.key, { rows, activeKey, pageSize: pageSize() });
    if (action !== null) {
      event.preventDefault();
      typed.current = noLetters;
      perform(action);
      return;
    }
    if (!isLetter(event)) return;
    event.preventDefault();
    typed.current = typeLetter(typed.current, event.key, event.timeStamp);
    const current = rows.findIndex((row) => row.key === activeKey);
    const found = findTyped(rows.map(rowLabel), current, typed.current.text);
    const row = found === null ? undefined : rows[found];
    if (row !== undefined) perform({ type: 'move', key: row.key });
  };
}
