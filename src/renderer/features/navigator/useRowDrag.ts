import { type DragEvent, useState } from 'react';
import { moveTo } from './arrangeActions.ts';
import { type Drop, draggedId, dropAt } from './dropTarget.ts';
import type { NavigatorRow } from './rows.ts';

const rowOf = (event: DragEvent): HTMLElement | null =>
  (event.target as Element).closest<HTMLElement>('[data-index]');

/** Moves data sources and folders with the pointer. Nothing moves while the filter decides what is shown. */
export function useRowDrag(rows: readonly NavigatorRow[], isFiltering: boolean) {
  const [dragged, setDragged] = useState<NavigatorRow | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);

  const end = (): void => {
    setDragged(null);
    setDrop(null);
  };
  const dropFor = (event: DragEvent): Drop | null => {
    const element = rowOf(event);
    if (dragged === null || element === null) return null;
    const { top, height } = element.getBoundingClientRect();
    return dropAt(rows, dragged, Number(element.dataset.index), (event.clientY - top) / height);
  };
  const handlers = {
    onDragStart(event: DragEvent) {
      const row = rows[Number(rowOf(event)?.dataset.index ?? -1)];
      const id = draggedId(row);
      if (row === undefined || id === null || isFiltering) return event.preventDefault();
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('application/x-mooring-row', id);
      setDragged(row);
    },
    onDragOver(event: DragEvent) {
      const next = dropFor(event);
      if (next !== null) event.preventDefault();
      // Dozens of these come in a second; only another place is drawn.
      setDrop((before) => (before?.key === next?.key && before?.edge === next?.edge ? before : next));
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDrop(null);
    },
    onDrop(event: DragEvent) {
      const target = dropFor(event);
      const id = draggedId(dragged ?? undefined);
      event.preventDefault();
      if (target !== null && id !== null) moveTo(id, target.target);
      end();
    },
    onDragEnd: end,
  };
  return { drop, handlers };
}
