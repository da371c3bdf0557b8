/**
 * Measures what the product promises in figures, each against a floor taken in the same run. `npm run bench` prints the
 * table and writes it as JSON to the artifacts folder.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { measureConnecting } from './connecting.ts';
import { measureDemo } from './demo.ts';
import { type Figure, printFigures } from './figures.ts';
import { measurePool } from './pool.ts';
import { measureVault } from './vault.ts';

// The product's timers do not keep a process alive: in the app the window does.
const alive = setInterval(() => undefined, 1_000);
const cluster = await PostgresCluster.start();
const figures: Figure[] = [];
try {
  figures.push(...(await measureConnecting(cluster)));
  figures.push(...(await measurePool(cluster)));
} finally {
  await cluster.dispose();
}
figures.push(...(await measureDemo()));
figures.push(...(await measureVault()));
printFigures(figures);
writeFileSync(
  join(process.env.MOORING_ARTIFACTS ?? '.', 'bench.json'),
  `${JSON.stringify(figures, null, 2)}\n`,
);
clearInterval(alive);
