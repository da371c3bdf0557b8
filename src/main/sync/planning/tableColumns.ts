import { needsKey, type Pipeline } from '../../../shared/model/pipelines.ts';
import type { DriftedColumn, PlannedColumn } from '../../../shared/model/pipelineViews.ts';
import type { WritableColumn } from '../../connectors/TableWriter.ts';
import type { MappedColumn, PlanProblem } from '../copy/ports.ts';
import { destinationNames, foldName } from './destinationNames.ts';
import { nameOf } from './sourceDrift.ts';
import type { TablePlanRequest } from './tablePlanRequest.ts';
import { isSameType, lossOf } from './typeFit.ts';
import { widerType } from './widerType.ts';

/** A column that is written to. */
export interface ChosenColumn {
  readonly planned: PlannedColumn;
  /** As the table has it; null when it is made. */
  readonly existing: WritableColumn | null;
  /** Its type is changed to hold more. */
  readonly isWidened: boolean;
}

export interface ChosenColumns {
  readonly columns: readonly ChosenColumn[];
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly string[];
}

/** A mapped column with the one that it goes to. */
interface Pair {
  readonly mapped: MappedColumn;
  readonly name: string;
  readonly existing: WritableColumn | null;
}

interface Findings {
  readonly columns: ChosenColumn[];
  readonly problems: PlanProblem[];
  readonly warnings: string[];
}

/** Decides for each mapped column where its values go. */
export function chooseColumns(request: TablePlanRequest): ChosenColumns {
  const { pipeline, drift } = request;
  const findings: Findings = { columns: [], problems: [], warnings: [] };
  for (const pair of pairColumns(request)) {
    if (pair.existing !== null) chooseExisting(request, pair, pair.existing, findings);
    else if (!isIgnored(pair.mapped, pipeline, drift)) chooseNew(request, pair, findings);
  }
  return findings;
}

/** A column of a table has at most one mapped one; names that are the same by all letters go first. */
function pairColumns({ mapped, table, rules }: TablePlanRequest): readonly Pair[] {
  const names = destinationNames(
    mapped.map(({ name }) => name),
    rules,
  );
  const free = new Set(table?.columns ?? []);
  const found = new Map<MappedColumn, WritableColumn>();
  const claim = (isMatch: (column: WritableColumn, wanted: string, chosen: string) => boolean): void => {
    for (const [index, column] of mapped.entries()) {
      if (found.has(column)) continue;
      const match = [...free].find((other) => isMatch(other, column.name, names[index] ?? ''));
      if (match === undefined) continue;
      free.delete(match);
      found.set(column, match);
    }
  };
  claim(({ name }, wanted) => name === wanted);
  claim(({ name }, _, chosen) => name === chosen);
  claim(({ name }, wanted) => foldName(name, rules) === foldName(wanted, rules));
  return mapped.map((column, index) => {
    const existing = found.get(column) ?? null;
    return { mapped: column, name: existing?.name ?? names[index] ?? column.name, existing };
  });
}

/** A new column of the source that the pipeline is told to ignore. */
function isIgnored(
  { name }: MappedColumn,
  { columns, drift }: Pipeline,
  drifted: readonly DriftedColumn[],
): boolean {
  if (columns !== null || drift.newColumns !== 'ignore') return false;
  return drifted.some((column) => column.change === 'new' && column.name === name);
}

function chooseNew(request: TablePlanRequest, { mapped, name }: Pair, findings: Findings): void {
  const { pipeline, destination, table, types } = request;
  const isKey = isKeyColumn(request, mapped);
  const { sql, loss } = types.declare(mapped.type, isKey);
  if (table !== null && pipeline.drift.newColumns !== 'add') {
    findings.problems.push({
      code: 'PIPELINE_INVALID',
      title: `The table “${destination.table.name}” has no column “${name}”`,
      fix: `Leave it out, give it the name of a column that is there, or add it to the table (${sql}); or choose to add new columns.`,
    });
  }
  const isNullable = !(isKey && table === null);
  add(request, findings, {
    planned: plannedOf(mapped, name, { declared: sql, isNullable, loss, isNew: true }),
    existing: null,
    isWidened: false,
  });
}

function chooseExisting(
  request: TablePlanRequest,
  { mapped, name }: Pair,
  existing: WritableColumn,
  findings: Findings,
): void {
  if (existing.isGenerated) {
    findings.warnings.push(`The column “${name}” is computed by the server and is not written.`);
    return;
  }
  if (mapped.isNullable && !existing.isNullable) {
    findings.warnings.push(
      `The column “${name}” does not allow NULL: the server refuses rows without a value.`,
    );
  }
  const { declared, isNullable } = existing;
  const loss = lossInto(request, mapped, existing);
  const wider =
    loss !== null && wasChanged(request, mapped) ? widened(request, mapped, existing, findings) : null;
  const chosen = wider ?? { declared, loss };
  add(request, findings, {
    planned: plannedOf(mapped, name, { ...chosen, isNullable, isNew: false }),
    existing,
    isWidened: wider !== null,
  });
}

/** A type that was made for such values has no other loss than the one it was made with. */
function lossInto(request: TablePlanRequest, mapped: MappedColumn, existing: WritableColumn): string | null {
  const { types } = request;
  const made = types.declare(mapped.type, isKeyColumn(request, mapped));
  const madeType = types.logical(made.sql);
  if (isSameType(madeType, existing.type) || lossOf(madeType, existing.type) === null) return made.loss;
  return lossOf(mapped.type, existing.type);
}

function wasChanged({ pipeline, drift }: TablePlanRequest, { name }: MappedColumn): boolean {
  if (pipeline.drift.changedTypes !== 'widen') return false;
  const mapping = pipeline.columns?.find((column) => column.name === name);
  const origin = mapping === undefined ? name : nameOf(mapping.origin);
  return drift.some((column) => column.change === 'changed' && column.name === origin);
}

/** How the column is declared to hold both; null when it cannot. */
function widened(
  request: TablePlanRequest,
  mapped: MappedColumn,
  existing: WritableColumn,
  { problems }: Findings,
): Pick<PlannedColumn, 'declared' | 'loss'> | null {
  const wider = widerType(existing.type, mapped.type);
  if (wider !== null && !existing.hasDefault) {
    const { sql, loss } = request.types.declare(wider, isKeyColumn(request, mapped));
    return { declared: sql, loss };
  }
  const reason =
    wider === null ? 'no type holds its old values and the new ones' : 'it has a default value of its own';
  problems.push({
    code: 'PIPELINE_DRIFTED',
    title: `The column “${existing.name}” (${existing.declared}) cannot be widened: ${reason}`,
    fix: 'Change the column of the table yourself, cast the column of the source, or write to another table.',
  });
  return null;
}

function isKeyColumn(
  { destination }: Pick<TablePlanRequest, 'destination'>,
  { name }: MappedColumn,
): boolean {
  return needsKey(destination.mode) && destination.key.includes(name);
}

function plannedOf(
  { name: mappedName, type }: MappedColumn,
  name: string,
  rest: Pick<PlannedColumn, 'declared' | 'isNullable' | 'loss' | 'isNew'>,
): PlannedColumn {
  return { name, mappedName, type, ...rest };
}

/** A loss must be allowed by name. */
function add({ pipeline }: TablePlanRequest, { columns, problems }: Findings, column: ChosenColumn): void {
  columns.push(column);
  const { name, mappedName, loss, declared } = column.planned;
  const lossProblem = lossProblemOf({ name, mappedName, loss, declared }, pipeline);
  if (lossProblem !== null) problems.push(lossProblem);
}

/** What keeps a column from being written that may lose something; null when nothing does. */
export function lossProblemOf(
  { name, mappedName, loss, declared }: Pick<PlannedColumn, 'name' | 'mappedName' | 'loss' | 'declared'>,
  { allowedLosses }: Pick<Pipeline, 'allowedLosses'>,
): PlanProblem | null {
  if (loss === null || allowedLosses.includes(mappedName) || allowedLosses.includes(name)) return null;
  return {
    code: 'TYPE_LOSS',
    title: `The column “${name}” (${declared}) may lose ${loss}`,
    fix: `Allow the loss for “${name}”, cast the column to another type, or change the column of the destination.`,
  };
}
