import { setupText as words } from '../../../text/pipelineSetup.ts';
import classes from './Setup.module.css';

/** More columns are said to be there, and not drawn: nobody reads further to the right here. */
const maxColumns = 60;
/** Longer values are shown by their beginning. */
const shownLength = 120;

export interface PreviewColumn {
  readonly name: string;
  readonly type: string;
  readonly isNumber: boolean;
}

interface PreviewTableProps {
  readonly label: string;
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

function CellText({ text }: { readonly text: string | null }) {
  if (text === null) return <span className={classes.null}>{words.null}</span>;
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

/** The first rows of something, with the columns and their types. */
export function PreviewTable({ label, columns, rows }: PreviewTableProps) {
  const shown = columns.slice(0, maxColumns);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrollable by keyboard */}
      <div className={classes.scrolled} tabIndex={0}>
        <table className={classes.records} aria-label={label}>
          <thead>
            <tr>
              {shown.map(({ name, type, isNumber }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal
                <th key={index} scope="col" data-right={isNumber || undefined}>
                  {name} <span className={classes.type}>{type}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes
              <tr key={index}>
                {shown.map(({ isNumber }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes
                  <td key={at} data-right={isNumber || undefined}>
                    <CellText text={row[at] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={classes.note}>{words.noRows}</p>}
      </div>
      {columns.length > maxColumns && (
        <p className={classes.note}>{words.moreColumns(columns.length - maxColumns)}</p>
      )}
    </>
  );
}
