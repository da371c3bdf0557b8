import { afterAll, beforeAll, describe, it } from 'vitest';
import { until } from '../support/faults/until.ts';
import { expectExact } from './expectExact.ts';
import { FaultBench } from './FaultBench.ts';
import type { FaultedApp } from './FaultedApp.ts';
import type { FaultRound, RoundPlan } from './FaultRound.ts';
import { applicationName, type PipelineEnd } from './PipelineEnd.ts';
import { seeds } from './rounds.ts';

let bench: FaultBench;
beforeAll(async () => {
  bench = await FaultBench.start();
});
afterAll(() => bench.dispose());

const toTable = ({ to }: RoundPlan): boolean => to !== null;

/** A server ends the sessions of the run, or ends itself and comes back once the run has noticed. */
async function lose(end: PipelineEnd, round: FaultRound<FaultedApp>): Promise<void> {
  const { app, random, run } = round;
  const { server } = end;
  const isCrash = random.pick([true, false]);
  let lost: Promise<void> = Promise.resolve();
  await round.atMoment(() => {
    lost = isCrash ? server.crash() : end.endSessions();
  });
  await lost;
  if (!server.isRunning) {
    await app.untilSet(run.id);
    await server.startServer();
  }
}

describe('a pipeline whose source is lost', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(seed, (round) => lose(round.plan.from, round));
  });
});

describe('a pipeline whose destination is lost', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(seed, (round) => lose(round.plan.to ?? round.plan.from, round), toTable);
  });
});

describe('a pipeline whose network is cut', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(seed, async (round) => {
      const { app, plan, random, run } = round;
      const proxy = random.pick(
        round.proxies.length === 1 ? [plan.from.proxy] : [plan.from.proxy, (plan.to ?? plan.from).proxy],
      );
      const how = random.pick(['reset', 'half-close', 'unanswered', 'refused']);
      const isCut = await round.atMoment(() => {
        if (how === 'unanswered') proxy.limitData(0);
        else proxy.cut(how === 'half-close' ? 'half-close' : 'reset');
        if (how === 'refused') proxy.refuse();
      });
      if (isCut) await app.untilSet(run.id);
      // The server hears of the cut at last, as it does by its keep-alive.
      await plan.to?.endSessions();
      await proxy.heal();
    });
  });
});

describe('a pipeline whose destination is locked', () => {
  it.each(seeds())('waits, and copies each row once (seed %i)', async (seed) => {
    await bench.survive(
      seed,
      async (round) => {
        const { app, plan, run, target } = round;
        const to = plan.to ?? plan.from;
        await round.atMoment(() => undefined);
        const lock = await to.lock(target);
        // Some have nothing to write any more.
        await Promise.race([
          app.untilOver(run.id),
          until(async () => {
            if ((await to.waitingCount()) === 0) throw new Error('The run does not wait');
          }),
        ]);
        await lock.release();
      },
      toTable,
      true,
    );
  });
});

describe('a pipeline in a deadlock', () => {
  it.each(seeds())('copies each row once (seed %i)', async (seed) => {
    await bench.survive(
      seed,
      async (round) => {
        const { app, plan, run, target } = round;
        const to = plan.to ?? plan.from;
        await app.until(run.id, ({ progress, state }) => state !== 'running' || progress.phase !== 'opening');
        await round.atMoment(() => undefined);
        await to.deadlock(run.pipelineId, target, () => !app.isUnderWay(run.id));
      },
      toTable,
      true,
    );
  });
});

describe('two workers with one run', () => {
  it.each(seeds())('copy each row once (seed %i)', async (seed) => {
    const round = await bench.round(seed, () => true);
    const { app, plan } = round;
    const other = await app.startOtherWorker();
    await round.begin();
    const { id } = round.run;
    let stopped = 0;
    const isStopped = await round.atMoment(() => {
      stopped = app.workerOf(id);
      process.kill(stopped, 'SIGSTOP');
    });
    // The other one goes on, unless it waits for what the first has locked.
    await until(async () => {
      if (!app.isUnderWay(id)) return;
      if (plan.to === null || (await plan.to.waitingCount()) === 0) throw new Error('The run goes on');
    }, 60_000);
    if (isStopped) process.kill(stopped, 'SIGCONT');
    await app.untilOver(id);
    for (const end of [plan.from, plan.to]) {
      await end?.server.administrator.untilBackends(applicationName, 0);
    }
    await other.end();
    await expectExact(round);
    await round.remove();
  });
});
