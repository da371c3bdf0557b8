import type { PipelineFilter } from '../../../shared/model/pipelines.ts';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import { goneColumn } from './readingErrors.ts';

/** Filters with positions in place of names. @throws PIPELINE_DRIFTED for a column that is not there */
export const columnFilters = (
  filters: readonly PipelineFilter[],
  columns: readonly ResultColumn[],
): ColumnFilter[] =>
  filters.map(({ column: name, operator, value }) => {
    const column = columns.findIndex((each) => each.name === name);
    if (column < 0) throw goneColumn(name, 'A filter');
    return { column, operator, value };
  });
