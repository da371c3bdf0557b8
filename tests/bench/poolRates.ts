import type { PostgresCluster } from '../support/postgresCluster.ts';
import { type Figure, median } from './figures.ts';
import { type Contender, openContenders } from './poolContenders.ts';

const queriesPerRound = 2_000;
const rounds = 15;
/** What ours must reach of bare clients, by how many run at once. */
const floors = [
  { concurrency: 1, promised: 0.98 },
  { concurrency: 10, promised: 0.97 },
  { concurrency: 100, promised: 0.96 },
] as const;

/** Queries a second in each round, and the 99th percentile of what one took. */
interface Series {
  readonly contender: Contender;
  readonly rates: number[];
  readonly p99sMs: number[];
}

/** acquire, `select 1`, release: ours against bare clients and other pools, in turn within each round. */
export async function measureRates(cluster: PostgresCluster): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { concurrency, promised } of floors) {
    const contenders = await openContenders(cluster, concurrency);
    const series = contenders.map((contender): Series => ({ contender, rates: [], p99sMs: [] }));
    // The first round opens connections and lets code be compiled.
    for (const { contender } of series) await runRound(contender, concurrency);
    for (let round = 0; round < rounds; round += 1) {
      // Each begins in its turn: who runs when the machine is busy differs from round to round.
      const first = round % series.length;
      for (const one of [...series.slice(first), ...series.slice(0, first)]) {
        const { rate, latenciesMs } = await runRound(one.contender, concurrency);
        one.rates.push(rate);
        one.p99sMs.push(percentile99(latenciesMs));
      }
    }
    for (const contender of contenders) await contender.dispose();
    figures.push(...figuresOf(series, concurrency, promised));
  }
  return figures;
}

async function runRound(contender: Contender, concurrency: number) {
  const latenciesMs: number[] = [];
  let left = queriesPerRound;
  const work = async (_: unknown, worker: number) => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await contender.run(worker);
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  return { rate: queriesPerRound / ((performance.now() - startedAt) / 1_000), latenciesMs };
}

function figuresOf(series: readonly Series[], concurrency: number, promised: number): Figure[] {
  const rateOf = (name: string) => median(find(series, name).rates);
  const ratio = (name: string) => `${name} ${(rateOf(name) / rateOf('bare pg.Client')).toFixed(2)}`;
  // Of the rounds the middle one: a moment in which the machine did something else is nobody's fault.
  const p99 = (name: string) => median(find(series, name).p99sMs);
  return [
    {
      name: `pool, ${concurrency} at once`,
      value: rateOf('ours'),
      unit: 'q/s',
      against:
        `of bare pg.Client's ${rateOf('bare pg.Client').toFixed(0)} q/s: ${ratio('ours')} ` +
        `(promised ${promised}), ${ratio('pg.Pool')}, ${ratio('generic-pool')}, ${ratio('tarn')}`,
    },
    {
      name: `pool, ${concurrency} at once: p99`,
      value: p99('ours'),
      unit: 'ms',
      against: `pg.Pool ${p99('pg.Pool').toFixed(2)} ms, bare pg.Client ${p99('bare pg.Client').toFixed(2)} ms`,
    },
  ];
}

function find(series: readonly Series[], name: string): Series {
  const found = series.find(({ contender }) => contender.name === name);
  if (found === undefined) throw new Error(`Nobody is called ${name}`);
  return found;
}

function percentile99(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}
