import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useState } from 'react';
import type { Column } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';
import { visibleName } from './visibleName.ts';

const estimatedRowHeightPx = 28;

function ColumnKeys({ column }: { column: Column }) {
  const words = schemaText.columns;
  return (
    <div className={classes.tags}>
      {column.isPrimaryKey && (
        <span className={classes.tag} data-tone="key">
          {words.primary}
        </span>
      )}
      {column.isUnique && !column.isPrimaryKey && <span className={classes.tag}>{words.unique}</span>}
      {!column.isVisible && (
        <span className={classes.tag} title={words.invisibleHint}>
          {words.invisible}
        </span>
      )}
      {column.references.map((target) => (
        <span key={target} className={classes.reference}>
          {words.refersTo(target)}
        </span>
      ))}
    </div>
  );
}

function ColumnDefault({ column }: { column: Column }) {
  const text = column.expression ?? column.defaultValue;
  // The server's words for an identity column say it already.
  const saysItself = column.defaultValue?.startsWith('GENERATED ') === true;
  return (
    <>
      {column.isGenerated && !saysItself && (
        <span className={classes.tag}>{schemaText.columns.generated}</span>
      )}{' '}
      {text !== null && <span className={classes.mono}>{text}</span>}
    </>
  );
}

function ColumnRow({ column }: { column: Column }) {
  return (
    <>
      <th scope="row">
        {visibleName(column.name)}
        {column.comment !== null && <span className={classes.columnComment}>{column.comment}</span>}
      </th>
      <td className={classes.mono}>{column.type}</td>
      <td className={classes.dimmed}>{column.nullable ? '' : schemaText.columns.notNull}</td>
      <td>
        <ColumnKeys column={column} />
      </td>
      <td>
        <ColumnDefault column={column} />
      </td>
    </>
  );
}

interface ColumnsTableProps {
  readonly columns: readonly Column[];
  readonly nodeName: string;
}

/** The columns of a relation. A table may have 1,600 of them: only the rows in view exist, at their own heights. */
export function ColumnsTable({ columns, nodeName }: ColumnsTableProps) {
  const [viewport, setViewport] = useState<HTMLElement | null>(null);
  const attach = useCallback(
    (table: HTMLTableElement | null) => setViewport(table?.parentElement ?? null),
    [],
  );
  const virtualizer = useVirtualizer({
    count: columns.length,
    getScrollElement: () => viewport,
    estimateSize: () => estimatedRowHeightPx,
    overscan: 10,
  });
  if (columns.length === 0) {
    return <EmptyState title={schemaText.columns.none} message={schemaText.columns.noneMessage} />;
  }
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const words = schemaText.columns;

  return (
    <table
      ref={attach}
      className={classes.table}
      data-wide
      aria-label={words.caption(nodeName)}
      aria-rowcount={columns.length + 1}
    >
      <colgroup>
        <col style={{ width: '27%' }} />
        <col style={{ width: '26%' }} />
        <col style={{ width: 64 }} />
        <col style={{ width: '18%' }} />
        <col />
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {[words.name, words.type, words.nullable, words.key, words.defaultValue].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Spacer height={before} />
        {items.map(({ index }) => {
          const column = columns[index];
          return column === undefined ? null : (
            <tr
              key={column.name}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-rowindex={index + 2}
            >
              <ColumnRow column={column} />
            </tr>
          );
        })}
        <Spacer height={after} />
      </tbody>
    </table>
  );
}

/** Stands for the rows that do not exist now. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes.spacer}>
      <td colSpan={5} style={{ height }} />
    </tr>
  );
}
