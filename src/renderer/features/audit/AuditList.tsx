import { type KeyboardEvent, useId, useRef } from 'react';
import type { AuditEntry } from '../../../shared/model/audit.ts';
import { Listbox, ListOption } from '../../components/Listbox.tsx';
import { formatExactMoment, formatMoment } from '../../lib/format.ts';
import { listMove } from '../../lib/listMove.ts';
import { latestValue } from '../../lib/loadable.ts';
import { usePagedRows } from '../../lib/usePagedRows.ts';
import { auditText } from '../../text/audit.ts';
import classes from './Audit.module.css';
import { auditStore, useAudit } from './audit.ts';
import { type NameOf, outcomeText, subjectText } from './entryText.ts';

const rowHeightPx = 26;
const pageStep = 15;

interface RowProps {
  readonly id: string;
  readonly entry: AuditEntry;
  readonly isSelected: boolean;
  /** Whether the check has found that it does not fit. */
  readonly isBroken: boolean;
  readonly top: number;
  readonly nameOf: NameOf;
  readonly onSelect: () => void;
}

function Row({ id, entry, isSelected, isBroken, top, nameOf, onSelect }: RowProps) {
  const { sequence, at, operation, outcome } = entry;
  return (
    <ListOption
      id={id}
      className={classes.row}
      isSelected={isSelected}
      top={top}
      data-broken={isBroken || undefined}
      onClick={onSelect}
    >
      <span className={classes.sequence}>{sequence}</span>
      <time className={classes.time} title={formatExactMoment(at)}>
        {formatMoment(at)}
      </time>
      <span className={classes.operation}>
        {auditText.operations[operation]}
        <span className={classes.details}>{auditText.details(entry.details)}</span>
      </span>
      <span className={classes.subject}>{subjectText(entry, nameOf)}</span>
      <span className={classes.outcome} data-failed={outcome !== 'ok' || isBroken || undefined}>
        {isBroken ? auditText.isBroken : outcomeText(entry)}
      </span>
    </ListOption>
  );
}

/** The entries, of which only those in view exist; older ones are read when the end comes near. */
export function AuditList({ nameOf }: { nameOf: NameOf }) {
  const entries = useAudit((store) => store.entries);
  const selected = useAudit((store) => store.selected);
  const brokenAt = useAudit(({ check }) => {
    const found = latestValue(check);
    return found?.status === 'broken' ? found.at : null;
  });
  const listId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { loadMore, select } = auditStore.getState();
  const { rows, totalHeightPx, show } = usePagedRows({
    count: entries.length,
    rowHeightPx,
    viewportRef,
    loadMore: () => void loadMore(),
  });
  const selectedAt = entries.findIndex(({ sequence }) => sequence === selected);
  const choose = (at: number): void => {
    select(entries[at]?.sequence ?? null);
    show(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = listMove(event.key, selectedAt, entries.length, pageStep);
    if (target === null) return;
    choose(target);
    event.preventDefault();
  };
  return (
    <Listbox
      ref={viewportRef}
      data-autofocus
      className={classes.list}
      aria-label={auditText.list}
      activeId={selectedAt < 0 ? undefined : `${listId}-${selected}`}
      totalHeightPx={totalHeightPx}
      onKeyDown={onKeyDown}
    >
      {rows.map(({ index, start }) => {
        const entry = entries[index];
        return (
          entry !== undefined && (
            <Row
              key={entry.sequence}
              id={`${listId}-${entry.sequence}`}
              entry={entry}
              isSelected={entry.sequence === selected}
              isBroken={entry.sequence === brokenAt}
              top={start}
              nameOf={nameOf}
              onSelect={() => choose(index)}
            />
          )
        );
      })}
    </Listbox>
  );
}
