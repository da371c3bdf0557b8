import { deletedColumn, needsKey } from '../../../shared/model/pipelines.ts';
import type { NewColumn } from '../../connectors/TableWriter.ts';
import type { DestinationPlan, PlanProblem } from '../copy/ports.ts';
import { foldName } from './destinationNames.ts';
import { type ChosenColumn, chooseColumns } from './tableColumns.ts';
import type { TablePlanRequest } from './tablePlanRequest.ts';
import { checkKey, checkMode, checkOthers } from './tableProblems.ts';

/**
 * What a run writes to a table, and what it does to the table before. A column of the plan has the type of the mapped one,
 * and is declared as the table has it or will have it: `ColumnTypes.fromCanonical` takes both.
 */
export function planTable(request: TablePlanRequest): DestinationPlan {
  const { pipeline, destination, table } = request;
  const chosen = chooseColumns(request);
  const key = needsKey(destination.mode) ? keyOf(request, chosen.columns) : [];
  const problems: PlanProblem[] = [
    ...checkMode(pipeline, destination, request.mapped),
    ...chosen.problems,
    ...checkKey(request, chosen.columns, key),
    ...checkOthers(request, chosen.columns),
  ];
  return {
    columns: chosen.columns.map(({ planned }) => planned),
    table,
    statements: statementsFor(request, chosen.columns, key),
    key,
    problems,
    warnings: chosen.warnings,
  };
}

/** Names of the key as the table has them; those that are not mapped are left out. */
function keyOf(
  { destination, rules }: TablePlanRequest,
  columns: readonly ChosenColumn[],
): readonly string[] {
  return destination.key.flatMap((name) => {
    const found =
      columns.find(({ planned }) => planned.mappedName === name) ??
      columns.find(({ planned }) => foldName(planned.name, rules) === foldName(name, rules));
    return found === undefined ? [] : [found.planned.name];
  });
}

function statementsFor(
  request: TablePlanRequest,
  columns: readonly ChosenColumn[],
  key: readonly string[],
): readonly string[] {
  const { destination, words } = request;
  const relation = destination.table;
  const added = columns.filter(({ planned }) => planned.isNew).map(({ planned }) => newColumn(planned));
  if (lacksDeleted(request)) {
    added.push({ name: deletedColumn, declared: words.momentType, isNullable: true });
  }
  if (request.table === null) {
    return added.length === 0 ? [] : [words.createTable(relation, added, key)];
  }
  const widened = columns.filter(({ isWidened }) => isWidened);
  return [
    ...added.map((column) => words.addColumn(relation, column)),
    ...widened.map(({ planned }) => words.changeType(relation, newColumn(planned))),
  ];
}

function lacksDeleted({ destination, table, rules }: TablePlanRequest): boolean {
  if (destination.mode !== 'mirror') return false;
  const name = foldName(deletedColumn, rules);
  return !(table?.columns ?? []).some((column) => foldName(column.name, rules) === name);
}

const newColumn = ({ name, declared, isNullable }: NewColumn): NewColumn => ({ name, declared, isNullable });
