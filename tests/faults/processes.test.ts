import { afterAll, beforeAll, describe, it } from 'vitest';
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
