import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectExact } from './expectExact.ts';
import { FaultBench } from './FaultBench.ts';
import type { FaultedApp } from './FaultedApp.ts';
import { type FaultRound, type RoundPlan, rowCount } from './FaultRound.ts';
import { seeds } from './rounds.ts';

let bench: FaultBench;
beforeAll(async () => {
  bench = await FaultBench.start();
});
afterAll(() => bench.dispose());

const toTable = ({ to }: RoundPlan): boolean => to !== null;

/** One row in the middle has the name of another one, which is unique in the destination. */
async function withDuplicate(seed: number): Promise<{ round: FaultRound<FaultedApp>; rejected: string }> {
  const round = await bench.round(seed, toTable);
  const { plan, random, source, target } = round;
  await plan.to?.drop(target);
  await plan.to?.make(target, ', UNIQUE (name)');
  if (plan.mode === 'overwrite') await plan.to?.run(oldRows(plan.to.table(target)));
  const id = random.between(2, rowCount);
  const name = `name ${random.between(1, id - 1)}`;
  await plan.from.run(`UPDATE ${plan.from.table(source)} SET name = '${name}', note = NULL WHERE id = ${id}`);
  return { round, rejected: `${id}|${name}|-` };
}

const oldRows = (table: string): string =>
  `INSERT INTO ${table} (id, name) VALUES ${Array.from({ length: 100 }, (_, at) => `(${at + 90_000}, 'old ${at}')`).join(', ')}`;

describe('a duplicate key in the middle', () => {
  it.each(seeds())(
    'is rejected once, and all else is copied, though the worker is killed (seed %i)',
    async (seed) => {
      const { round, rejected } = await withDuplicate(seed);
      await round.begin({ maxRejectedRows: 10 });
      await round.atMoment(() => process.kill(round.app.worker, 'SIGKILL'));
      await expectExact(round, [rejected]);
      await round.remove();
    },
  );

  it.each(seeds())(
    'fails the run, which keeps whole batches before it or nothing (seed %i)',
    async (seed) => {
      const { round } = await withDuplicate(seed);
      const { app, plan, target } = round;
      const before = (await plan.to?.rowsOf(target)) ?? [];
      await round.begin();
      const run = await app.untilOver(round.run.id);
      expect(run).toMatchObject({ state: 'failed', failure: { code: 'ROWS_REFUSED' } });
      const rows = (await plan.to?.rowsOf(target)) ?? [];
      const isKept = plan.mode === 'upsert' || (plan.mode === 'append' && plan.reads === 'relation');
      if (isKept) {
        expect(rows).toHaveLength(run.progress.writtenCount);
        const all = new Set(await plan.from.rowsOf(round.source));
        expect(rows.filter((row) => !all.has(row))).toEqual([]);
      } else expect(rows).toEqual(before);
      expect(run.progress.readCount).toBe(run.progress.writtenCount);
      await round.remove();
    },
  );
});
