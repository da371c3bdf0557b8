import type { WritableColumn, WritableTable, WriteTarget } from '../../../connectors/TableWriter.ts';
import { columnGoneError, keyNotUniqueError } from './sinkErrors.ts';

/** A table as the run writes to it. */
export interface TableTarget {
  readonly target: WriteTarget;
  /** As the table spells its columns. */
  readonly key: readonly string[];
}

/**
 * Finds what is written to in the table that is there.
 * @param key empty where rows are not found by one
 * @throws PIPELINE_DRIFTED when a column is missing, PIPELINE_INVALID when the key is not unique
 */
export function tableTarget(
  table: WritableTable,
  names: readonly string[],
  key: readonly string[],
  ignoresCase: boolean,
): TableTarget {
  const same = (one: string) => (ignoresCase ? one.toLowerCase() : one);
  const find = (name: string): WritableColumn => {
    const column =
      table.columns.find((other) => other.name === name) ??
      table.columns.find((other) => same(other.name) === same(name));
    if (column === undefined) throw columnGoneError(name);
    return column;
  };
  const keyNames = key.map((name) => find(name).name);
  const isKey = (unique: readonly string[]) =>
    unique.length === keyNames.length && unique.every((name) => keyNames.includes(name));
  if (key.length > 0 && !table.uniqueKeys.some(isKey)) throw keyNotUniqueError(key, table.relation);
  return { target: { relation: table.relation, columns: names.map(find) }, key: keyNames };
}
