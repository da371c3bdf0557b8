import type { PostgresCluster } from '../support/postgresCluster.ts';
import type { Figure } from './figures.ts';
import { measureLending } from './poolAlone.ts';
import { measureCrowd } from './poolCrowd.ts';
import { measureRates } from './poolRates.ts';

/** The pool: what it costs, how it compares with others, and how it takes a crowd. */
export async function measurePool(cluster: PostgresCluster): Promise<Figure[]> {
  return [...(await measureLending()), ...(await measureRates(cluster)), ...(await measureCrowd(cluster))];
}
