import type { OwnServer } from '../support/faults/FaultEngine.ts';
import { mariadbEngine } from '../support/faults/mariadbEngine.ts';
import { postgresEngine } from '../support/faults/postgresEngine.ts';
import { expectExact } from './expectExact.ts';
import { FaultedApp } from './FaultedApp.ts';
import { FaultRound, type RoundPlan } from './FaultRound.ts';
import { PipelineEnd } from './PipelineEnd.ts';
import type { RoundApp } from './RoundApp.ts';
import { Random } from './rounds.ts';

/** Servers, an app, and every kind of pipeline between them. Both ends of a pipeline are different servers. */
export class FaultBench {
  readonly #servers: readonly OwnServer[];
  readonly ends: readonly PipelineEnd[];
  readonly plans: readonly RoundPlan[];
  #app: FaultedApp | null = null;

  private constructor(servers: readonly OwnServer[], ends: readonly PipelineEnd[]) {
    this.#servers = servers;
    this.ends = ends;
    this.plans = plansBetween(ends);
  }

  static async start(): Promise<FaultBench> {
    // A crash takes nothing that was confirmed: else a source could lose what a run has read.
    const settings = { PostgreSQL: { deadlock_timeout: '300ms', synchronous_commit: 'on' } };
    const servers = await Promise.all([
      postgresEngine.start({ settings }),
      postgresEngine.start({ settings }),
      mariadbEngine.start({
        sql: () => ['CREATE DATABASE faults', 'CREATE TABLE faults.ballast (n bigint)'],
      }),
    ]);
    const [one, other, third] = servers;
    const ends = [one, other, third, third].map((server) => PipelineEnd.start(server));
    return new FaultBench(servers, await Promise.all(ends));
  }

  async app(): Promise<FaultedApp> {
    this.#app ??= await FaultedApp.start(this.ends);
    return this.#app;
  }

  /** What one round of a fault is: its pipeline is chosen by the seed from those that suit. */
  async round(
    seed: number,
    suits: (plan: RoundPlan) => boolean,
    isMade = false,
  ): Promise<FaultRound<FaultedApp>> {
    return this.roundOf(await this.app(), seed, suits, isMade);
  }

  /** As `round`, in an app of the test's own. */
  async roundOf<App extends RoundApp>(
    app: App,
    seed: number,
    suits: (plan: RoundPlan) => boolean = () => true,
    isMade = false,
  ): Promise<FaultRound<App>> {
    const suiting = this.plans.filter(suits);
    const plan = suiting[seed % suiting.length];
    if (plan === undefined) throw new Error('No pipeline suits this fault');
    await FaultRound.measure(app, plan, new Random(0));
    const round = new FaultRound(app, plan, new Random(seed));
    await round.prepare(isMade);
    return round;
  }

  /** A round in which something happens to a run, and the run is exact all the same. */
  async survive(
    seed: number,
    provoke: (round: FaultRound<FaultedApp>) => Promise<unknown>,
    suits: (plan: RoundPlan) => boolean = () => true,
    isMade = false,
  ): Promise<void> {
    await this.endure(await this.round(seed, suits, isMade), provoke);
  }

  /** As `survive`, of a round that was prepared. */
  async endure<App extends RoundApp>(
    round: FaultRound<App>,
    provoke: (round: FaultRound<App>) => Promise<unknown>,
  ): Promise<void> {
    await round.begin();
    await provoke(round);
    await expectExact(round);
    await round.remove();
  }

  async dispose(): Promise<void> {
    await this.#app?.dispose();
    for (const end of this.ends) end.dispose();
    await Promise.all(this.#servers.map((server) => server.dispose()));
  }
}

function plansBetween([one, other, third, fourth]: readonly PipelineEnd[]): RoundPlan[] {
  const pairs = [
    [one, other],
    [one, fourth],
    [third, other],
  ];
  const plans: RoundPlan[] = [];
  for (const reads of ['relation', 'query'] as const) {
    for (const [from, to] of pairs) {
      if (from === undefined || to === undefined) continue;
      for (const mode of ['append', 'upsert', 'overwrite'] as const) plans.push({ from, to, mode, reads });
      plans.push({ from, to: null, mode: 'append', reads });
    }
  }
  return plans;
}
