import type { ArrangeInput } from '../../../shared/model/results.ts';
import type { OpenedTable, TableQuery } from '../../../shared/model/tableRows.ts';
import type { ReadableRelation } from '../../connectors/Catalogue.ts';
import type { ResultWork } from '../../results/Results.ts';
import type { TableRows } from './TableRows.ts';

type Here = OpenedTable['here'];

/** Rows that are read between two reports of progress. */
const stepRowCount = 20_000;

/** What of a query the server leaves to be done on all rows. */
export function leftHere(relation: ReadableRelation, { filters, sort }: TableQuery): Here {
  const applied = relation.applies?.({ filters, sort });
  if (applied === undefined) return { filters: [], sort: false };
  return {
    filters: filters.flatMap((_, index) => (applied.filters[index] === true ? [] : index)),
    sort: sort.length > 0 && !applied.sort,
  };
}

/** What the server is asked for with a query, to compare. */
export function askedOf(relation: ReadableRelation, query: TableQuery): string {
  const { filters } = leftHere(relation, query);
  const pushed = query.filters.filter((_, index) => !filters.includes(index));
  return JSON.stringify([query.sourceId, query.relation, pushed]);
}

export const arrangingOf = (resultId: string, { filters, sort }: TableQuery, here: Here): ArrangeInput => ({
  resultId,
  sort: here.sort ? sort : [],
  filters: here.filters.flatMap((index) => filters[index] ?? []),
});

/** @throws what reading fails with */
export async function readAll(rows: TableRows, { onProgress, signal }: ResultWork): Promise<void> {
  for (let isComplete = false; !isComplete; ) {
    const { byteCount, rowCount } = rows.writer;
    onProgress?.({ rowsDone: rowCount, rowsTotal: null, bytesDone: byteCount });
    ({ isComplete } = await rows.readTo(rowCount + stepRowCount, signal));
  }
}
