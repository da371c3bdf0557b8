import type { PostgresCluster } from '../support/postgresCluster.ts';
import type { Figure } from './figures.ts';
import { measureLending, measureMetering } from './poolAlone.ts';
import { lending, openContenders, openOurPool, openUnmeasuredPool } from './poolContenders.ts';
import { measureCrowd } from './poolCrowd.ts';
import { measureRates } from './poolRates.ts';

const promises = [
  { concurrency: 1, ratio: 0.98 },
  { concurrency: 10, ratio: 0.97 },
  { concurrency: 100, ratio: 0.96 },
] as const;

/** What it may cost to measure everything. */
const measuring = [
  { concurrency: 1, ratio: 0.97 },
  { concurrency: 10, ratio: 0.97 },
] as const;

/** Two of our pools, of which one tells nobody what it does. */
const measureMeasuring = (cluster: PostgresCluster): Promise<Figure[]> =>
  measureRates(
    'pool, everything measured',
    async () => [
      lending('nothing measured', openUnmeasuredPool(cluster)),
      lending('ours', openOurPool(cluster)),
    ],
    measuring,
  );

/** The pool: what it costs, how it compares with others, and how it takes a crowd. */
export async function measurePool(cluster: PostgresCluster): Promise<Figure[]> {
  const rates = await measureRates('pool', (concurrency) => openContenders(cluster, concurrency), promises);
  const measured = await measureMeasuring(cluster);
  return [
    ...(await measureLending()),
    ...(await measureMetering()),
    ...rates,
    ...measured,
    ...(await measureCrowd(cluster)),
  ];
}
