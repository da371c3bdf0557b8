import type { ResourcePreview } from '../../../../shared/model/requests.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { SampleTable } from '../../../components/SampleTable.tsx';
import { resourcesText } from '../../../text/resources.ts';
import classes from './Effect.module.css';

const words = resourcesText.effect;

const isRightAligned = (type: string): boolean => ['integer', 'bigint', 'numeric'].includes(type);

/** The first records as they would be rows, with the columns and their types; the body has their values whole. */
export function RecordsTable({ preview }: { readonly preview: ResourcePreview }) {
  const { columns, rows, recordCount, total } = preview;
  if (rows.length === 0) return <EmptyState title={words.noRecords} />;
  const shown = columns.map(({ name, type, description }) => ({
    name,
    type,
    description,
    isNumber: isRightAligned(type),
  }));
  return (
    <>
      <p className={classes.count}>{words.records(recordCount, total)}</p>
      <SampleTable label={words.recordsCaption} columns={shown} rows={rows} nullText={words.null} />
    </>
  );
}
