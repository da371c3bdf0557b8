import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppProcess } from './AppProcess.ts';
import { FaultBench } from './FaultBench.ts';
import { seeds } from './rounds.ts';

let bench: FaultBench;
beforeAll(async () => {
  bench = await FaultBench.start();
});
afterAll(() => bench.dispose());

describe('a pipeline whose worker is killed', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(seed, async (round) => {
      const { app, random } = round;
      for (let kills = random.between(1, 3); kills > 0; kills -= 1) {
        await round.atMoment(() => process.kill(app.worker, 'SIGKILL'));
      }
    });
  });
});

describe('a pipeline whose queue is lost', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(seed, async (round) => {
      const { pid } = await round.app.queueServer();
      await round.atMoment(() => process.kill(pid, 'SIGKILL'));
    });
  });
});

describe('a pipeline whose app is killed', () => {
  let app: AppProcess;
  beforeAll(async () => {
    app = await AppProcess.start(bench.ends);
  });
  afterAll(() => app.dispose());

  it.each(seeds())('copies each row once when it is there again, in one run (seed %i)', async (seed) => {
    const round = await bench.roundOf(app, seed);
    await bench.endure(round, async ({ random }) => {
      for (let kills = random.between(1, 2); kills > 0; kills -= 1) {
        const killed = random.pick(['app', 'worker', 'server']);
        if (await round.atMoment(() => app.kill(killed))) await app.open();
      }
    });
    expect(await app.runsOf(round.run.pipelineId)).toHaveLength(1);
  });
});
