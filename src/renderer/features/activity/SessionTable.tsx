import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { ActivityColumn, ActivityView } from '../../../shared/model/serverActivity.ts';
import { RowTable } from '../../components/RowTable.tsx';
import { activityText } from '../../text/activity.ts';
import { SessionCell } from './SessionCell.tsx';
import { sessionColumns, treeColumns } from './sessionColumns.ts';
import type { SessionRow } from './sessionRows.ts';

interface SessionTableProps {
  readonly label: string;
  readonly rows: readonly SessionRow[];
  /** Rows are indented below those that keep them waiting. */
  readonly isTree: boolean;
  readonly selectedId: string | null;
  /** Null: in an order of their own. */
  readonly sort: ActivityView['sort'] | null;
  readonly onSort: (column: ActivityColumn) => void;
  readonly onSelect: (row: SessionRow | null) => void;
  /** A double click. */
  readonly onOpen?: (row: SessionRow) => void;
  /** What a key does to the selected session; false: nothing. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** Instead of rows while there are none. */
  readonly empty: ReactNode;
  /** The context menu of the selected session. */
  readonly menu: ReactNode;
}

/** Sessions, one a line. */
export function SessionTable({ rows, isTree, sort, ...props }: SessionTableProps) {
  const marked = useMemo(
    () =>
      rows.map((row) => ({
        ...row,
        id: row.session.id,
        ...(row.session.owner === 'sampling' && { mark: 'dimmed' as const }),
      })),
    [rows],
  );
  return (
    <RowTable
      {...props}
      rows={marked}
      columns={isTree ? treeColumns : sessionColumns}
      columnLabel={(key) => activityText.columns[key]}
      isTree={isTree}
      sort={isTree ? null : sort}
      cell={(row, { key, isNumber }) => <SessionCell key={key} column={key} isNumber={isNumber} row={row} />}
    />
  );
}
