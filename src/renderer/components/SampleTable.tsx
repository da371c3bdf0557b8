import type { ReactNode } from 'react';
import classes from './SampleTable.module.css';

/** Longer values are shown by their beginning. */
const shownLength = 200;

interface SampleColumn {
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  readonly isNumber: boolean;
}

interface SampleTableProps {
  readonly label: string;
  readonly columns: readonly SampleColumn[];
  /** Further values than there are columns are not shown. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** In place of a value that is null. */
  readonly nullText: string;
  /** Below the rows. */
  readonly children?: ReactNode;
}

const shortened = (text: string): string =>
  text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;

/** A few rows of something, with the columns and their types. */
export function SampleTable({ label, columns, rows, nullText, children }: SampleTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrollable by keyboard
    <div className={classes.scrolled} tabIndex={0}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ name, type, description, isNumber }, index) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal
                key={index}
                scope="col"
                title={description}
                data-right={isNumber || undefined}
              >
                {name} <span className={classes.type}>{type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows may be equal, and have nothing that names them
            <tr key={index}>
              {columns.map(({ isNumber }, at) => {
                const text = row[at] ?? null;
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a value belongs to the column at its place
                  <td key={at} data-right={isNumber || undefined}>
                    {text === null ? <span className={classes.null}>{nullText}</span> : shortened(text)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </div>
  );
}
