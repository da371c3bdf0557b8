import { type KeyboardEvent, useRef } from 'react';
import type { NavigatorRow } from './rows.ts';
import { rowName } from './rowWords.ts';
import { type TreeAction, treeActionForKey } from './treeKeyboard.ts';
import { findTyped, noLetters, typeLetter } from './typeAhead.ts';

interface TreeKeysOptions {
  readonly rows: readonly NavigatorRow[];
  readonly activeKey: string | null;
  /** Rows in view, asked for when a page key is pressed. */
  readonly pageSize: () => number;
  readonly perform: (action: TreeAction) => void;
}

/** What names begin with: `?` is the key of the shortcuts, here as everywhere. */
const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  [...key].length === 1 && key !== ' ' && key !== '?' && !ctrlKey && !metaKey && !altKey;

/** The keyboard of the tree: arrows and friends, and letters that jump to a name. Answers whether a key meant anything. */
export function useTreeKeys({ rows, activeKey, pageSize, perform }: TreeKeysOptions) {
  const typed = useRef(noLetters);

  return (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const action = treeActionForKey(event.key, { rows, activeKey, pageSize: pageSize() });
    if (action !== null) {
      typed.current = noLetters;
      perform(action);
      return true;
    }
    if (!isLetter(event)) return false;
    typed.current = typeLetter(typed.current, event.key, event.timeStamp);
    const current = rows.findIndex((row) => row.key === activeKey);
    const found = findTyped(rows.map(rowName), current, typed.current.text);
    const row = found === null ? undefined : rows[found];
    if (row !== undefined) perform({ type: 'move', key: row.key });
    return true;
  };
}
