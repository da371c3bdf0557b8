/**
 * Measures what the product promises in figures, each against a floor taken in the same run. `npm run bench` prints the
 * table and writes it as JSON to the artifacts folder. `MOORING_BENCH=pool,soak` runs these parts alone.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { measureCatalogue } from './catalogue.ts';
import { measureConnecting } from './connecting.ts';
import { measureDemo } from './demo.ts';
import { measureDiagram } from './diagram.ts';
import { measureDistributed } from './distributed.ts';
import { type Figure, printFigures } from './figures.ts';
import { measureGrid } from './grid.ts';
import { measureMetrics } from './metrics.ts';
import { measureMysql } from './mysql.ts';
import { measurePanel } from './panel.ts';
import { measurePipelines } from './pipelines.ts';
import { measurePool } from './pool.ts';
import { measureRecovery } from './recovery.ts';
import { measureRest } from './rest.ts';
import { measureResults } from './results.ts';
import { measureSaving } from './saving.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { measureStatement } from './statement.ts';
import { measureStreams } from './stream.ts';
import { measureTunnel } from './tunnel.ts';
import { measureVault } from './vault.ts';
import { measureWindow } from './window.ts';

/** A server for this part alone, so that no part leaves anything behind for the next. */
async function withCluster(
  measure: (cluster: PostgresCluster) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
  const cluster = await PostgresCluster.start();
  try {
    return await measure(cluster);
  } finally {
    await cluster.dispose();
  }
}

/** In the order in which they run. */
const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  connecting: () => withCluster(measureConnecting),
  statement: () => withCluster(measureStatement),
  catalogue: () => withCluster(measureCatalogue),
  tunnel: () => withCluster(measureTunnel),
  pool: () => withCluster(measurePool),
  mysql: measureMysql,
  stream: measureStreams,
  rest: measureRest,
  results: () => withCluster(measureResults),
  recovery: measureRecovery,
  soak: () => withCluster(measureSoak),
  demo: measureDemo,
  vault: measureVault,
  saving: measureSaving,
  metrics: measureMetrics,
  start: measureStart,
  grid: measureGrid,
  window: measureWindow,
  panel: measurePanel,
  diagram: measureDiagram,
  pipelines: measurePipelines,
  distributed: measureDistributed,
};

const names = process.env.MOORING_BENCH?.split(',') ?? Object.keys(parts);
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`No such part: ${unknown}. There are: ${Object.keys(parts)}`);

// The product's timers do not keep a process alive: in the app the window does.
const alive = setInterval(() => undefined, 1_000);
const figures: Figure[] = [];
for (const name of names) figures.push(...((await parts[name]?.()) ?? []));
printFigures(figures);
writeFileSync(
  join(process.env.MOORING_ARTIFACTS ?? '.', 'bench.json'),
  `${JSON.stringify(figures, null, 2)}\n`,
);
clearInterval(alive);
