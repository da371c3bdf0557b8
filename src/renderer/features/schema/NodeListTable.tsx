import { nodeListColumns } from '../../../shared/model/nodeLists.ts';
import type { NodeList } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatCount } from '../../lib/format.ts';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';
import { visibleName } from './visibleName.ts';

/** Columns that hold the server's own code rather than words. */
const codeColumns: ReadonlySet<string> = new Set(['bound', 'using', 'check', 'filter', 'default', 'type']);

/** Columns that hold an estimated count. */
const countColumns: ReadonlySet<string> = new Set(['rows']);

interface NodeListTableProps {
  readonly list: NodeList;
  readonly nodeName: string;
}

function cellText(column: string, cell: string | null): string {
  if (cell === null) return '';
  return countColumns.has(column) ? `~${formatCount(Number(cell))}` : visibleName(cell);
}

/** One list of a node, such as its triggers or who may do what with it. */
export function NodeListTable({ list: { key, rows, total }, nodeName }: NodeListTableProps) {
  const words = schemaText.lists[key];
  const columns = nodeListColumns[key];
  const labels: Readonly<Record<string, string>> = words.columns;
  if (rows.length === 0) return <EmptyState title={words.none} />;
  return (
    <>
      <table
        className={classes.table}
        data-wide={columns.length > 3 || undefined}
        aria-label={schemaText.listCaption(words.title, nodeName)}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {labels[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = null, ...cells], position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows of a list may be the same
            <tr key={position}>
              <th scope="row">{cellText(columns[0], name)}</th>
              {columns.slice(1).map((column, index) => (
                <td key={column} className={codeColumns.has(column) ? classes.mono : undefined}>
                  {cellText(column, cells[index] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p className={classes.cut}>{schemaText.listCut(rows.length, total)}</p>}
    </>
  );
}
