import type { PostgresCluster } from '../support/postgresCluster.ts';
import type { Figure } from './figures.ts';
import { measureLending } from './poolAlone.ts';
import { openContenders } from './poolContenders.ts';
import { measureCrowd } from './poolCrowd.ts';
import { measureRates } from './poolRates.ts';

const promises = [
  { concurrency: 1, ratio: 0.98 },
  { concurrency: 10, ratio: 0.97 },
  { concurrency: 100, ratio: 0.96 },
] as const;

/** The pool: what it costs, how it compares with others, and how it takes a crowd. */
export async function measurePool(cluster: PostgresCluster): Promise<Figure[]> {
  const rates = await measureRates('pool', (concurrency) => openContenders(cluster, concurrency), promises);
  return [...(await measureLending()), ...rates, ...(await measureCrowd(cluster))];
}
