import { type KeyboardEvent, useId, useRef } from 'react';
import type { HistoryEntry } from '../../../../shared/model/query.ts';
import { Listbox, ListOption } from '../../../components/Listbox.tsx';
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
    <ListOption
      id={id}
      className={classes.row}
      isSelected={isSelected}
      top={top}
      onClick={() => historyStore.getState().select(entry.id)}
      onDoubleClick={() => void openEntry(entry)}
    >
      <span className={classes.statement}>{oneLine(entry.text, 300)}</span>
      <span className={classes.facts}>
        <EntryFacts entry={entry} moment={formatMoment(entry.startedAt)} />
      </span>
    </ListOption>
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
    <Listbox
      ref={viewportRef}
      className={classes.list}
      aria-label={queryText.historyTab.list}
      activeId={selectedAt < 0 ? undefined : `${listId}-${selectedId}`}
      totalHeightPx={totalHeightPx}
      onKeyDown={onKeyDown}
    >
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
    </Listbox>
  );
}
