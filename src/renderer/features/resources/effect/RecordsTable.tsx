import type { ResourcePreview } from '../../../../shared/model/requests.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { resourcesText } from '../../../text/resources.ts';
import classes from './Effect.module.css';

const words = resourcesText.effect;
/** Longer values are shown by their beginning; the body has them whole. */
const shownLength = 200;

function CellText({ text }: { readonly text: string | null }) {
  if (text === null) return <span className={classes.null}>{words.null}</span>;
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}

const isRightAligned = (type: string): boolean => ['integer', 'bigint', 'numeric'].includes(type);

/** The first records as they would be rows, with the columns and their types. */
export function RecordsTable({ preview }: { readonly preview: ResourcePreview }) {
  const { columns, rows, recordCount, total } = preview;
  if (rows.length === 0) return <EmptyState title={words.noRecords} />;
  return (
    <>
      <p className={classes.count}>{words.records(recordCount, total)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must be scrollable by keyboard */}
      <div className={classes.scrolled} tabIndex={0}>
        <table className={classes.records} aria-label={words.recordsCaption}>
          <thead>
            <tr>
              {columns.map(({ name, type, description }, index) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal while they are edited
                  key={index}
                  scope="col"
                  title={description}
                  data-right={isRightAligned(type) || undefined}
                >
                  {name} <span className={classes.type}>{type}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes
              <tr key={index}>
                {columns.map(({ type }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes
                  <td key={at} data-right={isRightAligned(type) || undefined}>
                    <CellText text={row[at] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
