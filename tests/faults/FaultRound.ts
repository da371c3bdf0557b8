import { isOver } from '../../src/main/sync/runs/runStates.ts';
import type { Destination, Pipeline, WriteMode } from '../../src/shared/model/pipelines.ts';
import type { Run } from '../../src/shared/model/runs.ts';
import type { FaultProxy } from '../support/faults/FaultProxy.ts';
import { somePipeline } from '../support/somePipeline.ts';
import type { PipelineEnd } from './PipelineEnd.ts';
import type { RoundApp } from './RoundApp.ts';
import type { Random } from './rounds.ts';

/** What a round's pipeline does; `to` null: it writes a file. */
export interface RoundPlan {
  readonly from: PipelineEnd;
  readonly to: PipelineEnd | null;
  readonly mode: WriteMode;
  readonly reads: 'relation' | 'query';
}

export const nameOf = ({ from, to, mode, reads }: RoundPlan): string =>
  `${reads} of ${from.name} to ${to === null ? 'a file' : `${to.name}, ${mode}`}`;

export const rowCount = 5_000;
/** What an overwritten table had before. */
const oldCount = 100;
let roundNumber = 0;

/** A pipeline with tables of its own, a run of it, and the moments of that. */
export class FaultRound<App extends RoundApp> {
  readonly app: App;
  readonly plan: RoundPlan;
  readonly random: Random;
  readonly source: string;
  readonly target: string;
  #run: Run | null = null;

  constructor(app: App, plan: RoundPlan, random: Random) {
    roundNumber += 1;
    this.app = app;
    this.plan = plan;
    this.random = random;
    this.source = `rows_${roundNumber}`;
    this.target = `copy_${roundNumber}`;
  }

  get run(): Run {
    if (this.#run === null) throw new Error('The round has not begun');
    return this.app.runOf(this.#run.id);
  }

  /** @param isMade whether the table of the destination is there before the run */
  async prepare(isMade = false): Promise<void> {
    const { from, to, mode } = this.plan;
    await from.fill(this.source, rowCount);
    if (mode === 'overwrite' && to !== null) await to.fill(this.target, oldCount);
    else if (isMade && to !== null) await to.make(this.target);
  }

  async begin(changes: Partial<Pipeline> = {}): Promise<void> {
    this.#run = await this.app.begin({ ...this.pipeline, ...changes });
  }

  /** The run that something else has begun. */
  take(run: Run): void {
    this.#run = run;
  }

  get pipeline(): Pipeline {
    const { from, reads } = this.plan;
    const sourceId = from.dataSource.id;
    const text = `SELECT id, name, note FROM ${from.table(this.source)}`;
    return somePipeline(
      { from: sourceId, to: sourceId },
      {
        source:
          reads === 'query'
            ? { type: 'query', sourceId, text }
            : { type: 'relation', sourceId, relation: from.relation(this.source) },
        destination: this.#destination,
        schedule: { type: 'manual' },
        // A query does not say how long its texts are.
        allowedLosses: ['name', 'note'],
        maxAttempts: 20,
      },
    );
  }

  get #destination(): Destination {
    const { to, mode } = this.plan;
    if (to === null) {
      return { type: 'file', folder: this.app.folder, name: this.target, format: { type: 'ndjson' } };
    }
    const key = mode === 'upsert' ? ['id'] : [];
    return { type: 'table', sourceId: to.dataSource.id, table: to.relation(this.target), mode, key };
  }

  get proxies(): readonly FaultProxy[] {
    const { from, to } = this.plan;
    return to === null ? [from.proxy] : [from.proxy, to.proxy];
  }

  /**
   * Acts when so many more pieces of data have passed between the worker and its servers.
   * @returns whether it did: the run may be over before
   */
  atPiece(number: number, act: () => void): Promise<boolean> {
    let left = number;
    if (!this.app.isUnderWay(this.run.id)) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (isReached: boolean) => {
        for (const each of listening) each.dispose();
        resolve(isReached);
      };
      const onPiece = () => {
        left -= 1;
        if (left !== 0) return;
        act();
        end(true);
      };
      const onTurn = this.app.onTurn.on(({ run }) => {
        if (run.id === this.#run?.id && isOver(run)) end(false);
      });
      const listening = [...this.proxies.map((proxy) => proxy.onPiece.on(onPiece)), onTurn];
    });
  }

  /** As `atPiece`, at a moment that the seed determines. */
  atMoment(act: () => void): Promise<boolean> {
    return this.atPiece(this.random.between(1, pieceCounts.get(nameOf(this.plan)) ?? 1), act);
  }

  /** Runs it with nothing in its way, to know how many pieces there are. */
  static async measure(app: RoundApp, plan: RoundPlan, random: Random): Promise<void> {
    if (pieceCounts.has(nameOf(plan))) return;
    const round = new FaultRound(app, plan, random);
    await round.prepare();
    let count = 0;
    const listening = round.proxies.map((proxy) =>
      proxy.onPiece.on(() => {
        count += 1;
      }),
    );
    await round.begin();
    const { state, failure } = await app.untilOver(round.run.id);
    for (const each of listening) each.dispose();
    if (state !== 'succeeded') throw new Error(`${nameOf(plan)}: ${failure?.title} ${failure?.detail}`);
    await round.remove();
    pieceCounts.set(nameOf(plan), count);
  }

  async remove(): Promise<void> {
    const { from, to } = this.plan;
    await from.drop(this.source);
    await to?.drop(this.target);
  }
}

const pieceCounts = new Map<string, number>();
