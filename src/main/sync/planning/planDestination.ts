import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { Pipeline } from '../../../shared/model/pipelines.ts';
import type { DriftedColumn, PipelinePlan } from '../../../shared/model/pipelineViews.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import type { Connection, QueryOptions } from '../../connectors/Connection.ts';
import type { Connector } from '../../connectors/Connector.ts';
import { requireSql } from '../../connectors/speaksSql.ts';
import type { TableWriter, WritableTable } from '../../connectors/TableWriter.ts';
import type { DestinationPlan, MappedColumn, PlanProblem } from '../copy/ports.ts';
import { notWritable } from '../copy/runErrors.ts';
import { planFile } from './planFile.ts';
import { planTable } from './planTable.ts';
import { driftOf } from './sourceDrift.ts';
import type { TableDestination } from './tablePlanRequest.ts';

/** Where a pipeline writes to: a session of its data source, and what knows its engine. */
export interface OpenDestination {
  readonly connection: Connection;
  readonly connector: Pick<Connector, 'types' | 'writer'>;
}

export interface DestinationRequest {
  readonly pipeline: Pipeline;
  /** Of the source, as it is now. */
  readonly columns: readonly SourceColumn[];
  /** What the pipeline makes of them. */
  readonly mapped: readonly MappedColumn[];
  /** Null for a file. */
  readonly open: OpenDestination | null;
}

/** With what was found about the source on the way. */
export interface PlannedDestination extends DestinationPlan {
  readonly drift: readonly DriftedColumn[];
  /** The statement that makes the table; null where it is there, and of files. */
  readonly createSql: string | null;
}

/**
 * Plans what a run does to its destination. Only looks at it; what speaks against the run is in `problems`.
 * @throws UNSUPPORTED for a data source to which nothing is written, or what reading its catalogue fails with
 */
export async function planDestination(
  request: DestinationRequest,
  options: QueryOptions,
): Promise<PlannedDestination> {
  const { pipeline, columns } = request;
  const found = driftOf(pipeline.shape, columns, pipeline);
  const plan = await planFor(request, found.drift, options);
  const createSql = plan.table === null ? (plan.statements[0] ?? null) : null;
  return { ...plan, problems: [...found.problems, ...plan.problems], drift: found.drift, createSql };
}

async function planFor(
  { pipeline, mapped, open }: DestinationRequest,
  drift: readonly DriftedColumn[],
  options: QueryOptions,
): Promise<DestinationPlan> {
  const { destination } = pipeline;
  if (destination.type === 'file') return planFile(pipeline, destination, mapped);
  const writer = open?.connector.writer ?? null;
  if (open === null || writer === null) throw notWritable();
  const { connection, connector } = open;
  const { names: rules, words } = writer;
  const { table, problem } = await findTable(writer, connection, destination, options);
  if (problem !== null) return { ...nothing, problems: [problem] };
  return planTable({ pipeline, destination, mapped, drift, table, rules, words, types: connector.types });
}

const nothing: DestinationPlan = {
  columns: [],
  table: null,
  statements: [],
  key: [],
  problems: [],
  warnings: [],
};

async function findTable(
  writer: TableWriter,
  connection: Connection,
  destination: TableDestination,
  options: QueryOptions,
): Promise<{ readonly table: WritableTable | null; readonly problem: PlanProblem | null }> {
  try {
    const table = await writer.describe(requireSql(connection), destination.table, options);
    return { table, problem: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== 'UNSUPPORTED') throw error;
    const fix = error.fixes[0] ?? 'Choose another destination.';
    return { table: null, problem: { code: 'PIPELINE_INVALID', title: error.message, fix } };
  }
}

const maxMessages = 50;
const maxDrift = 4_000;

/** As the window shows a plan. */
export function shownPlan(planned: PlannedDestination): PipelinePlan {
  return {
    columns: [...planned.columns],
    tableExists: planned.table !== null,
    createSql: planned.createSql,
    drift: planned.drift.slice(0, maxDrift),
    problems: planned.problems.slice(0, maxMessages).map(({ title, fix }) => ({ title, fix })),
    warnings: planned.warnings.slice(0, maxMessages),
  };
}

/** Why a run cannot do what is planned; null when it can. */
export function planError({ problems }: Pick<DestinationPlan, 'problems'>): AppError | null {
  const [first, ...others] = problems;
  if (first === undefined) return null;
  return new AppError(first.code, {
    title: first.title,
    detail: others.map(({ title }) => `${title}.`).join(' '),
    fixes: [...new Set(problems.map(({ fix }) => fix))].slice(0, maxFixes),
  });
}

const maxFixes = 5;
