import { favourites, type Target } from './arrangement.ts';
import type { NavigatorRow } from './rows.ts';

/** Where something that is dragged would go, and where a mark says so. */
export interface Drop {
  readonly target: Target;
  readonly key: string;
  readonly edge: 'before' | 'after' | 'into';
}

/** What can be dragged: a data source or a folder. */
export function draggedId(row: NavigatorRow | undefined): string | null {
  if (row?.type === 'source') return row.sourceId;
  return row?.type === 'folder' ? row.folderId : null;
}

/** The member of the same container that follows a row, other than what is dragged; null for the last one. */
function nextMemberId(rows: readonly NavigatorRow[], index: number, dragged: NavigatorRow): string | null {
  const row = rows[index];
  for (let at = index + 1; at < rows.length; at += 1) {
    const next = rows[at];
    if (next === undefined || next.level < (row?.level ?? 1)) return null;
    if (next.key === dragged.key) continue;
    if (next.parentKey === row?.parentKey) return next.type === 'heading' ? null : draggedId(next);
  }
  return null;
}

/** Dropped on the favourites or on a folder, a data source goes into it. */
function dropInto(over: NavigatorRow, share: number): Drop | null {
  const { key, isExpanded } = over;
  if (over.type === 'heading' && over.heading === 'favourites') {
    return { key, edge: 'into', target: { container: favourites, beforeId: null } };
  }
  // Below an open folder stands what is in it, and not what follows it.
  if (over.type !== 'folder' || share <= 0.25 || (share >= 0.75 && isExpanded !== true)) return null;
  return { key, edge: 'into', target: { container: over.folderId, beforeId: null } };
}

/**
 * Where what is dragged would go if it were dropped now; null where it cannot.
 * @param index the row below the pointer
 * @param share how far down in that row the pointer is, from 0 to 1
 */
export function dropAt(
  rows: readonly NavigatorRow[],
  dragged: NavigatorRow,
  index: number,
  share: number,
): Drop | null {
  const over = rows[index];
  if (over === undefined || over.key === dragged.key) return null;
  const isFolder = dragged.type === 'folder';
  const into = isFolder ? null : dropInto(over, share);
  if (into !== null) return into;
  if (over.type !== 'folder' && over.type !== 'source') return null;
  const container = over.type === 'source' ? over.container : null;
  // A folder stands at the top level only.
  if (isFolder && container !== null) return null;
  const isBefore = share < 0.5;
  const beforeId = isBefore ? draggedId(over) : nextMemberId(rows, index, dragged);
  return { key: over.key, edge: isBefore ? 'before' : 'after', target: { container, beforeId } };
}
