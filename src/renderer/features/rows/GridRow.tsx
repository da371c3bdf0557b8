// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its cells
// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import { formatCount } from '../../lib/format.ts';
import { rowsText } from '../../text/rows.ts';
import { oneLine, textOf } from './cellText.ts';
import { isNumericType } from './numericType.ts';
import type { Field, Row } from './previewState.ts';
import classes from './RowsPreview.module.css';

interface GridRowProps {
  readonly gridId: string;
  readonly index: number;
  readonly top: number;
  readonly cells: Row;
  readonly fields: readonly Field[];
  readonly columns: readonly VirtualItem[];
  readonly gutterWidth: number;
  /** First and last selected column; null when no cell of this row is selected. */
  readonly selectedFrom: number | null;
  readonly selectedTo: number | null;
  /** The cell that the keyboard is on. */
  readonly activeColumn: number | null;
}

/** One row of the grid, with the cells in view. Cells are text and nothing else. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { gridId, index, top, cells, fields, columns, gutterWidth, activeColumn } = props;
  const { selectedFrom, selectedTo } = props;
  const isSelected = (column: number): boolean =>
    selectedFrom !== null && selectedTo !== null && column >= selectedFrom && column <= selectedTo;
  return (
    <div
      role="row"
      className={classes.row}
      data-row={index}
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        className={classes.gutter}
        aria-colindex={1}
        data-row-number
        data-selected={selectedFrom !== null || undefined}
        style={{ width: gutterWidth }}
      >
        {formatCount(index + 1)}
      </div>
      {columns.map(({ index: column, start, size }) => {
        const text = textOf(cells[column] ?? null);
        return (
          <div
            key={column}
            id={`${gridId}-${index}-${column}`}
            role="gridcell"
            className={classes.cell}
            data-column={column}
            data-numeric={isNumericType(fields[column]?.type ?? '') || undefined}
            aria-colindex={column + 2}
            aria-selected={isSelected(column)}
            data-active={column === activeColumn || undefined}
            style={{ left: start, width: size }}
          >
            {text === null ? <span className={classes.null}>{rowsText.null}</span> : oneLine(text)}
          </div>
        );
      })}
    </div>
  );
});
