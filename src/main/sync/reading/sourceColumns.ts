import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ResultColumn } from '../../../shared/model/results.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';

/**
 * Columns as a source gives them. Only those of the key count as never NULL: what is NOT NULL there may become NULL on its
 * way, such as a date of zeros.
 * @param key positions
 */
export const sourceColumns = (
  columns: readonly ResultColumn[],
  key: readonly number[],
  types: ColumnTypes,
): SourceColumn[] =>
  columns.map(({ name, type }, index) => ({
    ...{ name, declared: type, type: types.logical(type) },
    isNullable: !key.includes(index),
  }));

/** Types whose values can only grow; they are the cursors that are offered. */
const growing: ReadonlySet<SourceColumn['type']['type']> = new Set([
  'integer',
  'decimal',
  'date',
  'timestamp',
]);

export const isGrowing = ({ type }: SourceColumn): boolean => growing.has(type.type);
