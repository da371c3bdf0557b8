import { z } from 'zod';
import { positionSchema } from '../../../src/main/sync/copy/position.ts';
import type { PipelineId } from '../../../src/shared/model/pipelines.ts';
import type { Run } from '../../../src/shared/model/runs.ts';
import { type Copy, differencesOf } from './Copies.ts';
import type { TeamApp } from './TeamApp.ts';

/** A copy whose runs are over. */
export interface RanCopy {
  readonly copy: Copy;
  readonly pipelineId: PipelineId;
  readonly runs: readonly Run[];
  /** Rows that the source had for its last run. */
  readonly rowCount: number;
}

/** Runs all copies at once, each once or twice, until all have ended. */
export function runCopies(app: TeamApp, copies: readonly Copy[]): Promise<RanCopy[]> {
  return Promise.all(copies.map((copy) => runCopy(app, copy)));
}

async function runCopy(app: TeamApp, copy: Copy): Promise<RanCopy> {
  const pipelineId = app.add(copy.pipeline);
  const runs = [await app.run(pipelineId)];
  if (copy.changes.length > 0) {
    for (const text of copy.changes) await copy.from.rows(text);
    runs.push(await app.run(pipelineId));
  }
  const [row] = await copy.from.rows(`SELECT count(*) FROM ${copy.table}`);
  return { copy, pipelineId, runs, rowCount: Number(row?.[0]) };
}

/** What is not as it should be: rows, the book of runs, and what destinations keep of pipelines. Empty: all is exact. */
export async function faultsOf(ran: readonly RanCopy[]): Promise<string[]> {
  const faults = ran.flatMap(bookFaults);
  for (const { copy } of ran) faults.push(...(await differencesOf(copy)));
  for (const to of new Set(ran.map(({ copy }) => copy.to))) {
    faults.push(...(await stateFaults(ran.filter(({ copy }) => copy.to === to))));
  }
  return faults;
}

function bookFaults({ copy, runs, rowCount }: RanCopy): string[] {
  return runs.flatMap(({ state, failure, attempt, outcome, progress }, index) => {
    const name = `${copy.name}, run ${index + 1}`;
    if (state !== 'succeeded') return [`${name}: ${state}, ${failure?.code} ${failure?.title}`];
    const faults: string[] = [];
    // To be killed is no failure.
    if (attempt !== 1) faults.push(`${name}: ${attempt} attempts`);
    const isNewOnly = copy.pipeline.reading.type === 'incremental';
    const isLast = index === runs.length - 1;
    if (outcome === null) faults.push(`${name}: no outcome`);
    if (isLast && !isNewOnly && progress.readCount !== rowCount)
      faults.push(`${name}: the book says ${progress.readCount} of ${rowCount} rows`);
    return faults;
  });
}

const stateRow = z.tuple([z.string(), z.string(), z.string()]);

async function stateFaults(ran: readonly RanCopy[]): Promise<string[]> {
  const [first] = ran;
  if (first === undefined) return [];
  const { to } = first.copy;
  const faults: string[] = [];
  const found = await to.rows('SELECT pipeline_id, position, staging FROM mooring_pipelines');
  const states = new Map(found.map((row) => [String(row[0]), row]));
  if (found.length !== ran.length) faults.push(`${found.length} states of ${ran.length} pipelines`);
  for (const { copy, pipelineId, runs } of ran) {
    const row = stateRow.safeParse(states.get(pipelineId));
    if (!row.success) {
      faults.push(`${copy.name}: no state`);
      continue;
    }
    const [, position, staging] = row.data;
    const { runId, isComplete } = positionSchema.parse(JSON.parse(position));
    if (runId !== runs.at(-1)?.id || !isComplete) faults.push(`${copy.name}: its state is ${position}`);
    if (staging !== '[]') faults.push(`${copy.name}: ${staging} is left`);
  }
  const left = await to.rows(`SELECT table_name FROM information_schema.tables
    WHERE table_schema = '${to.schema}' AND table_name LIKE '%mooring\\_%' AND table_name <> 'mooring_pipelines'`);
  for (const [name] of left) faults.push(`The table ${name} is left`);
  return faults;
}
