import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { type FaultRound, nameOf, rowCount } from './FaultRound.ts';
import type { RoundApp } from './RoundApp.ts';

const line = z.object({ id: z.number(), name: z.string(), note: z.string().nullable() });
const rejectedLine = z.object({ reason: z.string(), cells: z.array(z.string().nullable()) });

/**
 * A run has come to what it would have without the fault: each row once, and nothing said of it that is not so.
 * @param rejected rows, as texts, that the destination refused
 */
export async function expectExact(
  round: FaultRound<RoundApp>,
  rejected: readonly string[] = [],
): Promise<void> {
  const { app, plan } = round;
  const run = await app.untilOver(round.run.id);
  const { state, failure } = run;
  expect({ plan: nameOf(plan), state, failure }).toMatchObject({ state: 'succeeded', failure: null });
  const expected = await plan.from.rowsOf(round.source);
  expect(sorted([...(await arrived(round)), ...(await rejectsOf(round))])).toEqual(sorted(expected));
  expect(sorted(await rejectsOf(round))).toEqual(sorted(rejected));
  const count = rowCount;
  const counts = { readCount: count, writtenCount: count - rejected.length, rejectedCount: rejected.length };
  expect(run.progress).toMatchObject(counts);
  expect(run.rejectsFile !== null).toBe(rejected.length > 0);
  await expectTold(round, counts);
  await expectTidy(round, counts);
}

interface Counts {
  readonly readCount: number;
  readonly writtenCount: number;
  readonly rejectedCount: number;
}

/** What the log and the outcome say. */
async function expectTold({ app, plan, run }: FaultRound<RoundApp>, counts: Counts): Promise<void> {
  const texts = (await app.logOf(run.id)).map(({ text }) => text);
  const number = new Intl.NumberFormat('en');
  const end = `Read ${number.format(counts.readCount)} rows, wrote ${number.format(counts.writtenCount)}.`;
  const said = texts.filter((text) => text.startsWith('Read ') && text.includes('wrote'));
  expect(said.length).toBeGreaterThan(0);
  for (const text of said) expect(text).toContain(end);
  if (plan.mode !== 'overwrite' || plan.to === null) return;
  expect(run.outcome).toMatchObject({ rowsBefore: 100, rowsAfter: counts.writtenCount });
}

/** The checkpoint is that of the whole run, and nothing is left beside what was asked for. */
async function expectTidy({ app, plan, run }: FaultRound<RoundApp>, counts: Counts): Promise<void> {
  if (plan.to === null) {
    const files = await readdir(app.shownFolder);
    expect(files.filter((name) => name.endsWith('.part'))).toEqual([]);
    return;
  }
  expect(await plan.to.stagingTables()).toEqual([]);
  expect(await plan.to.checkpointOf(run.pipelineId)).toMatchObject({
    position: { runId: run.id, isComplete: true, ...counts },
    staging: [],
  });
}

async function arrived({ app, plan, target }: FaultRound<RoundApp>): Promise<string[]> {
  if (plan.to !== null) return plan.to.rowsOf(target);
  const text = await readFile(join(app.shownFolder, `${target}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((json) => line.parse(JSON.parse(json)))
    .map(({ id, name, note }) => `${id}|${name}|${note ?? '-'}`);
}

/** Rows in the file of those that were refused. */
async function rejectsOf({ app, run }: FaultRound<RoundApp>): Promise<string[]> {
  const text = await readFile(join(app.shownFolder, `${run.id}.rejects.ndjson`), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((each) => each !== '');
  return lines.map((json) => {
    const { cells } = rejectedLine.parse(JSON.parse(json));
    return cells.map((cell) => cell ?? '-').join('|');
  });
}

const sorted = (lines: readonly string[]): string[] => [...lines].sort();
