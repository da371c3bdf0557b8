import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/shared/model/pipelines.ts';
import { AppProcess } from './AppProcess.ts';
import { expectExact } from './expectExact.ts';
import { FaultBench } from './FaultBench.ts';
import type { FaultRound, RoundPlan } from './FaultRound.ts';
import { type Random, seeds } from './rounds.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let bench: FaultBench;
let app: AppProcess;
beforeAll(async () => {
  bench = await FaultBench.start();
  app = await AppProcess.start(bench.ends);
});
afterAll(async () => {
  await app.dispose();
  await bench.dispose();
});

afterEach(() => app.setClock(0));

/** Runs of it may follow each other. */
const repeatable = ({ to, mode }: RoundPlan): boolean => to === null || mode === 'upsert';

const missedOf = (random: Random) => random.pick(['once', 'skip']);

/** A pipeline that a schedule of its own begins once a day, in six hours for the first time. */
async function scheduled({ pipeline }: FaultRound<AppProcess>, missed: 'once' | 'skip') {
  const due = new Date(Date.now() + 6 * hourMs);
  due.setUTCSeconds(0, 0);
  const expression = `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`;
  const schedule: Schedule = { type: 'cron', expression, timeZone: 'UTC', missed };
  const id = await app.save({ ...pipeline, schedule });
  /** The computer's clock says so much after the first time. */
  const setBehind = (lateMs: number) => app.setClock(due.getTime() + lateMs - Date.now());
  return { id, setBehind };
}

describe('a pipeline while the clock is set', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    const round = await bench.roundOf(app, seed);
    await bench.endure(round, async ({ proxies, random }) => {
      for (const byMs of [random.pick([-3 * dayMs, -hourMs, hourMs, 3 * dayMs]), 0]) {
        await round.atMoment(() => {
          app.setClock(byMs);
          // The run is tried again, by the clock as it is then.
          if (random.pick([true, false])) for (const proxy of proxies) proxy.cut('reset');
        });
      }
    });
    expect(await app.runsOf(round.run.pipelineId)).toHaveLength(1);
  });
});

describe('a schedule whose time the clock is set over', () => {
  it.each(seeds())('runs once for it, however often the clock comes there (seed %i)', async (seed) => {
    const round = await bench.roundOf(app, seed, repeatable);
    const { random } = round;
    const missed = missedOf(random);
    const { id, setBehind } = await scheduled(round, missed);
    // In time, or too late to be kept.
    const lateMs = random.pick([5_000, hourMs]);
    setBehind(lateMs);
    const first = await app.untilRuns(id, 1);
    expect(first.state).toBe(missed === 'skip' && lateMs === hourMs ? 'skipped' : 'succeeded');
    app.setClock(0);
    const { id: byHand } = await app.ok('pipelines.run', { id, again: false });
    round.take(await app.untilOver(byHand));
    await expectExact(round);
    // Over the same time once more, up to the next one.
    setBehind(dayMs + 5_000);
    const third = await app.untilRuns(id, 3);
    round.take(third);
    await expectExact(round);
    expect(third.reason.type).toBe('schedule');
    expect(await app.runsOf(id)).toHaveLength(3);
    await app.ok('pipelines.remove', { id });
    await round.remove();
  });
});

describe('a computer that sleeps across due times', () => {
  it.each(seeds())(
    'goes on with its run, and makes up for the times once or skips them, as set (seed %i)',
    async (seed) => {
      const due = await bench.roundOf(app, seed, repeatable);
      const round = await bench.roundOf(app, seed + 1);
      const { random } = round;
      const missed = missedOf(random);
      const missedCount = random.between(1, 3);
      const { id, setBehind } = await scheduled(due, missed);
      await bench.endure(round, async () => {
        await round.atMoment(() => app.fallAsleep());
        // Its processes stand still for as long as a test can wait; the clock goes on for nights.
        await pause(random.between(50, 1_500));
        setBehind((missedCount - 1) * dayMs + hourMs);
        app.wakeUp();
      });
      const run = await app.untilRuns(id, 1);
      expect(run).toMatchObject({ state: missed === 'once' ? 'succeeded' : 'skipped' });
      expect(run.reason).toMatchObject({ type: 'missed', missedCount });
      due.take(run);
      if (missed === 'once') await expectExact(due);
      expect(await app.runsOf(id)).toHaveLength(1);
      await app.ok('pipelines.remove', { id });
      await due.remove();
    },
  );
});
