// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its cells
// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import type { VirtualItem } from '@tanstack/react-virtual';
import { rowsText } from '../../text/rows.ts';
import { isNumericType } from './numericType.ts';
import type { Field } from './previewState.ts';
import classes from './RowsPreview.module.css';

interface GridHeaderProps {
  readonly fields: readonly Field[];
  readonly columns: readonly VirtualItem[];
  readonly gutterWidth: number;
}

/** Names and types of the columns in view. */
export function GridHeader({ fields, columns, gutterWidth }: GridHeaderProps) {
  return (
    <div role="row" className={classes.header} aria-rowindex={1}>
      <div
        role="columnheader"
        className={classes.gutter}
        aria-colindex={1}
        aria-label={rowsText.rowNumber}
        style={{ width: gutterWidth }}
      >
        #
      </div>
      {columns.map(({ index, start, size }) => {
        const field = fields[index];
        return field === undefined ? null : (
          <div
            key={index}
            role="columnheader"
            className={classes.columnHeader}
            aria-colindex={index + 2}
            data-numeric={isNumericType(field.type) || undefined}
            title={`${field.name}\n${field.type}`}
            style={{ left: start, width: size }}
          >
            <span className={classes.columnName}>{field.name}</span>
            <span className={classes.columnType}>{field.type}</span>
          </div>
        );
      })}
    </div>
  );
}
