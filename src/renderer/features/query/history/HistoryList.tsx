// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a list's own layout cannot do
import { type KeyboardEvent, useId, useRef } from 'react';
import type { HistoryEntry } from '../../../../shared/model/query.ts';
import { formatMoment } from '../../../lib/format.ts';
import { usePagedRows } from '../../../lib/usePagedRows.ts';
import { queryText } from '../../../text/query.ts';
import { oneLine } from '../oneLine.ts';
import { EntryFacts } from './EntryFacts.tsx';
import classes from './History.module.css';
import { historyStore, openEntry, useHistory } from './history.ts';

const rowHeightPx = 40;

interface RowProps {
  readonly id: string;
  readonly entry: HistoryEntry;
  readonly isSelected: boolean;
  readonly top: number;
}

function Row({ id, entry, isSelected, top }: RowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and points at the active option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's
    <div
      role="option"
      id={id}
      className={classes.row}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => historyStore.getState().select(entry.id)}
      onDoubleClick={() => void openEntry(entry)}
    >
      <span className={classes.statement}>{oneLine(entry.text, 300)}</span>
      <span className={classes.facts}>
        <EntryFacts entry={entry} moment={formatMoment(entry.startedAt)} />
      </span>
    </div>
  );
}

/** The entries, of which only those in view exist; older ones are read when the end comes near. */
export function HistoryList() {
  const entries = useHistory((store) => store.entries);
  const selectedId = useHistory((store) => store.selectedId);
  const listId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { rows, totalHeightPx, show } = usePagedRows({
    count: entries.length,
    rowHeightPx,
    viewportRef,
    loadMore: historyStore.getState().loadMore,
  });
  const selectedAt = entries.findIndex(({ id }) => id === selectedId);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const selected = entries[selectedAt];
    if (event.key === 'Enter' && selected !== undefined) void openEntry(selected);
    if (step === undefined) return;
    event.preventDefault();
    const at = Math.min(entries.length - 1, Math.max(0, selectedAt + step));
    historyStore.getState().select(entries[at]?.id ?? null);
    show(at);
  };
  return (
    <div
      ref={viewportRef}
      role="listbox"
      className={classes.list}
      aria-label={queryText.historyTab.list}
      aria-activedescendant={selectedAt < 0 ? undefined : `${listId}-${selectedId}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes.canvas} style={{ height: totalHeightPx }}>
        {rows.map(({ index, start }) => {
          const entry = entries[index];
          return (
            entry !== undefined && (
              <Row
                key={entry.id}
                id={`${listId}-${entry.id}`}
                entry={entry}
                isSelected={entry.id === selectedId}
                top={start}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
