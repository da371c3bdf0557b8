/** What keeps a pipeline from writing to a table, beside its columns. */
import { deletedColumn, needsKey, type Pipeline } from '../../../shared/model/pipelines.ts';
import type { MappedColumn, PlanProblem } from '../copy/ports.ts';
import { foldName } from './destinationNames.ts';
import type { ChosenColumn } from './tableColumns.ts';
import type { TableDestination, TablePlanRequest } from './tablePlanRequest.ts';

const invalid = (title: string, fix: string): PlanProblem => ({ code: 'PIPELINE_INVALID', title, fix });

export function checkMode(
  { source, reading }: Pipeline,
  { sourceId, table, mode }: TableDestination,
  mapped: readonly MappedColumn[],
): readonly PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (mode === 'mirror' && reading.type === 'incremental') {
    problems.push(
      invalid(
        'Deleted rows can only be found when all rows are read',
        'Read everything in each run, or update rows by key without marking deleted ones.',
      ),
    );
  }
  if (source.type === 'relation' && source.sourceId === sourceId) {
    const { schema, name } = source.relation;
    if (schema === table.schema && name === table.name) {
      problems.push(invalid('Source and destination are the same table', 'Choose another destination.'));
    }
  }
  if (mode === 'mirror' && mapped.some(({ name }) => name.toLowerCase() === deletedColumn)) {
    problems.push(
      invalid(
        `The name “${deletedColumn}” is taken: the time of a deletion is written there`,
        'Leave the column out, or give it another name.',
      ),
    );
  }
  return [...problems, ...repeatedNames(mapped)];
}

export function repeatedNames(mapped: readonly MappedColumn[]): readonly PlanProblem[] {
  const names = mapped.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((name) =>
    invalid(`Two columns are called “${name}”`, 'Give one of them another name.'),
  );
}

/** @param key names as the table has them */
export function checkKey(
  { destination, table, rules }: TablePlanRequest,
  columns: readonly ChosenColumn[],
  key: readonly string[],
): readonly PlanProblem[] {
  if (!needsKey(destination.mode)) return [];
  if (destination.key.length === 0) {
    return [invalid('The pipeline has no key to update rows by', 'Choose the columns that tell rows apart.')];
  }
  const written = new Set(columns.flatMap(({ planned }) => [planned.name, planned.mappedName]));
  const missing = destination.key.filter((name) => !written.has(name));
  if (missing.length > 0) {
    return missing.map((name) =>
      invalid(`The column “${name}” of the key is not written`, 'Map it, or choose another key.'),
    );
  }
  if (table === null) return [];
  const folded = (names: readonly string[]): string =>
    JSON.stringify(names.map((name) => foldName(name, rules)).toSorted());
  if (table.uniqueKeys.some((names) => folded(names) === folded(key))) return [];
  const names = key.map((name) => `“${name}”`).join(', ');
  return [
    invalid(
      `The table “${table.relation.name}” has no unique key of ${names}`,
      `Add a primary key or a unique constraint of exactly these columns to the table, or choose another key.`,
    ),
  ];
}

/** Columns of the table that get no value from the pipeline, and none by themselves. */
export function checkOthers(
  { table, destination }: TablePlanRequest,
  columns: readonly ChosenColumn[],
): readonly PlanProblem[] {
  if (table === null) {
    return columns.length > 0
      ? []
      : [invalid('The pipeline writes no columns', 'Choose at least one column.')];
  }
  const written = new Set(columns.map(({ existing }) => existing?.name));
  const empty = table.columns.filter(
    (column) =>
      !(written.has(column.name) || column.isNullable || column.hasDefault) &&
      !(column.isGenerated || column.isIdentityAlways),
  );
  const problems = empty.map(({ name, declared }) =>
    invalid(
      `The column “${name}” (${declared}) of the table “${destination.table.name}” needs a value and gets none`,
      'Map a column to it, give it a constant, or give it a default value in the table.',
    ),
  );
  if (columns.length > 0) return problems;
  return [
    ...problems,
    invalid('The pipeline writes no columns', 'Choose at least one column that can be written.'),
  ];
}
