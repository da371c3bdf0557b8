import { type Figure, median } from './figures.ts';
import type { Contender } from './poolContenders.ts';

const queriesPerRound = 2_000;
const rounds = 15;
/** What ours must reach of the floor, by how many run at once. */
export interface Promised {
  readonly concurrency: number;
  readonly ratio: number;
}

/** Queries a second in each round, and the 99th percentile of what one took. */
interface Series {
  readonly contender: Contender;
  readonly rates: number[];
  readonly p99sMs: number[];
}

/**
 * acquire, `select 1`, release: ours against bare clients and other pools, in turn within each round.
 * @param open the contenders for so many at once: the floor first, then ours (called `ours`), then others
 */
export async function measureRates(
  label: string,
  open: (concurrency: number) => Promise<Contender[]>,
  promises: readonly Promised[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const promised of promises) {
    const { concurrency } = promised;
    const contenders = await open(concurrency);
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
    figures.push(...figuresOf(label, series, promised));
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

function figuresOf(
  label: string,
  series: readonly Series[],
  { concurrency, ratio: promised }: Promised,
): Figure[] {
  const [floor, ours, ...others] = series;
  if (floor === undefined || ours === undefined) throw new Error('There is nothing to compare');
  const rateOf = ({ rates }: Series) => median(rates);
  const ratio = (one: Series) => `${one.contender.name} ${(rateOf(one) / rateOf(floor)).toFixed(2)}`;
  // Of the rounds the middle one: a moment in which the machine did something else is nobody's fault.
  const p99 = (one: Series) => median(one.p99sMs);
  return [
    {
      name: `${label}, ${concurrency} at once`,
      value: rateOf(ours),
      unit: 'q/s',
      against:
        `of ${floor.contender.name}'s ${rateOf(floor).toFixed(0)} q/s: ${ratio(ours)} ` +
        `(promised ${promised})${others.map((one) => `, ${ratio(one)}`).join('')}`,
    },
    {
      name: `${label}, ${concurrency} at once: p99`,
      value: p99(ours),
      unit: 'ms',
      against: [floor, ...others].map((one) => `${one.contender.name} ${p99(one).toFixed(2)} ms`).join(', '),
    },
  ];
}

function percentile99(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}
