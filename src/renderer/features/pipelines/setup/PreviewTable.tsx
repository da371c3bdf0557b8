import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { ValueKind } from '../../../../shared/model/results.ts';
import { SampleTable } from '../../../components/SampleTable.tsx';
import { setupText as words } from '../../../text/pipelineSetup.ts';
import classes from './Setup.module.css';

/** More columns are said to be there, and not drawn: nobody reads further to the right here. */
const maxColumns = 60;

interface PreviewColumn {
  readonly name: string;
  /** As it is declared. */
  readonly type: string;
  readonly kind: LogicalType['type'] | ValueKind;
}

interface PreviewTableProps {
  readonly label: string;
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const isNumber = (kind: PreviewColumn['kind']): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'float';

/** The first rows of something, with the columns and their types. */
export function PreviewTable({ label, columns, rows }: PreviewTableProps) {
  const shown = columns
    .slice(0, maxColumns)
    .map(({ kind, ...column }) => ({ ...column, isNumber: isNumber(kind) }));
  return (
    <>
      <SampleTable label={label} columns={shown} rows={rows} nullText={words.null}>
        {rows.length === 0 && <p className={classes.note}>{words.noRows}</p>}
      </SampleTable>
      {columns.length > maxColumns && (
        <p className={classes.note}>{words.moreColumns(columns.length - maxColumns)}</p>
      )}
    </>
  );
}
