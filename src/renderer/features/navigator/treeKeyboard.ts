import type { NavigatorRow } from './rows.ts';

type TreeRow = Pick<NavigatorRow, 'key' | 'parentKey' | 'isExpanded'>;

/** What a key means in the tree. */
export type TreeAction =
  | { readonly type: 'move'; readonly key: string }
  | { readonly type: 'toggle'; readonly key: string; readonly isExpanded: boolean }
  | { readonly type: 'activate'; readonly key: string };

interface TreePosition {
  readonly rows: readonly TreeRow[];
  /** Row with the keyboard focus; null or unknown before the first move. */
  readonly activeKey: string | null;
  /** Rows in view, for Page Up and Page Down. */
  readonly pageSize: number;
}

/**
 * Keys of a tree after the ARIA Authoring Practices (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/).
 * Null when the key means nothing here and should be left alone.
 */
export function treeActionForKey(
  key: string,
  { rows, activeKey, pageSize }: TreePosition,
): TreeAction | null {
  const index = rows.findIndex((row) => row.key === activeKey);
  const row = rows[index];
  switch (key) {
    case 'ArrowDown':
      return moveTo(rows, index + 1);
    case 'ArrowUp':
      return moveTo(rows, index - 1);
    case 'PageDown':
      return moveTo(rows, index + pageSize);
    case 'PageUp':
      return moveTo(rows, index - pageSize);
    case 'Home':
      return moveTo(rows, 0);
    case 'End':
      return moveTo(rows, rows.length - 1);
    case 'ArrowRight':
      return row === undefined ? moveTo(rows, 0) : open(row, rows[index + 1]);
    case 'ArrowLeft':
      return row === undefined ? null : close(row);
    case 'Enter':
      return row === undefined ? null : { type: 'activate', key: row.key };
    default:
      return null;
  }
}

function moveTo(rows: readonly TreeRow[], index: number): TreeAction | null {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  return row === undefined ? null : { type: 'move', key: row.key };
}

function open(row: TreeRow, next: TreeRow | undefined): TreeAction | null {
  if (row.isExpanded === false) return { type: 'toggle', key: row.key, isExpanded: true };
  return next?.parentKey === row.key ? { type: 'move', key: next.key } : null;
}

function close(row: TreeRow): TreeAction | null {
  if (row.isExpanded === true) return { type: 'toggle', key: row.key, isExpanded: false };
  return row.parentKey === null ? null : { type: 'move', key: row.parentKey };
}
