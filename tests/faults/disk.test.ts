import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMount } from '../support/smallDisk.ts';
import { AppProcess } from './AppProcess.ts';
import { FaultBench } from './FaultBench.ts';
import { seeds } from './rounds.ts';

/** Enough for the queue's server, the store, and the files that pipelines write. */
const diskMb = 200;

describe.runIf(canMount)('a pipeline whose disk is full', () => {
  let bench: FaultBench;
  let app: AppProcess;
  beforeAll(async () => {
    bench = await FaultBench.start();
    app = await AppProcess.start(bench.ends, diskMb);
  });
  afterAll(async () => {
    await app.dispose();
    await bench.dispose();
  });

  it.each(seeds())('copies each row once when there is room again (seed %i)', async (seed) => {
    const round = await bench.roundOf(app, seed);
    await bench.endure(round, async ({ random }) => {
      if (!(await round.atMoment(() => app.fillDisk()))) return;
      // How long the disk stays full; nothing tells the test that it may go on.
      await pause(random.between(50, 5_000));
      app.makeRoom();
    });
    expect(await app.runsOf(round.run.pipelineId)).toHaveLength(1);
  });
});
