// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and scrolls; its rows do nothing
import { useRef } from 'react';
import type { AuditEntry } from '../../../shared/model/audit.ts';
import { formatMoment } from '../../lib/format.ts';
import { usePagedRows } from '../../lib/usePagedRows.ts';
import { auditText } from '../../text/audit.ts';
import classes from './Audit.module.css';
import { auditStore, useAudit } from './audit.ts';
import { type NameOf, outcomeText, subjectText } from './entryText.ts';

const rowHeightPx = 44;
const columns = ['at', 'operation', 'subject', 'outcome'] as const;

interface RowProps {
  readonly entry: AuditEntry;
  readonly index: number;
  readonly top: number;
  readonly nameOf: NameOf;
}

function Row({ entry, index, top, nameOf }: RowProps) {
  const details = auditText.details(entry.details);
  return (
    <div
      role="row"
      className={classes.row}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className={classes.time}>
        {formatMoment(entry.at)}
      </span>
      <span role="cell" className={classes.operation}>
        {auditText.operations[entry.operation]}
        <span className={classes.details} title={details}>
          {details}
        </span>
      </span>
      <span role="cell" className={classes.clipped}>
        {subjectText(entry, nameOf)}
      </span>
      <span role="cell" className={classes.clipped} data-failed={entry.outcome !== 'ok' || undefined}>
        {outcomeText(entry)}
      </span>
    </div>
  );
}

/** The entries, of which only those in view exist; older ones are read when the end comes near. */
export function AuditList({ nameOf }: { nameOf: NameOf }) {
  const entries = useAudit((store) => store.entries);
  const viewportRef = useRef<HTMLDivElement>(null);
  const { rows, totalHeightPx } = usePagedRows({
    count: entries.length,
    rowHeightPx,
    viewportRef,
    loadMore: auditStore.getState().loadMore,
  });
  return (
    <div
      role="table"
      className={classes.table}
      aria-label={auditText.list}
      aria-rowcount={entries.length + 1}
    >
      <div role="row" className={classes.head} aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {auditText.columns[column]}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1) */}
      <div ref={viewportRef} role="rowgroup" className={classes.viewport} tabIndex={0} data-autofocus>
        <div role="presentation" className={classes.canvas} style={{ height: totalHeightPx }}>
          {rows.map(({ index, start }) => {
            const entry = entries[index];
            return (
              entry !== undefined && (
                <Row key={entry.sequence} entry={entry} index={index} top={start} nameOf={nameOf} />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}
