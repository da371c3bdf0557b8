/**
 * A process in the middle of everything that quits as the app does when it gets SIGTERM. Arguments: engine, host,
 * port and password of a server, and a statement that runs for long. Writes its application name when the long ones run.
 */
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { QuitSequence } from '../../../src/main/platform/QuitSequence.ts';
import { Fleet } from '../../support/faults/Fleet.ts';
import { mariadbEngine } from '../../support/faults/mariadbEngine.ts';
import { postgresEngine } from '../../support/faults/postgresEngine.ts';

const [engineName = '', host = '', port = '', password = '', longStatement = ''] = process.argv.slice(2);
const engine = engineName === mariadbEngine.name ? mariadbEngine : postgresEngine;
const pool = { min: 2, max: 4 };
const fleet = new Fleet({ engine, address: { host, port: Number(port) }, password, count: 3, pool });
const [idleOne = '', busyOne = '', crowdedOne = ''] = fleet.ids;

// The product's timers do not keep a process alive: in the app the window does.
setInterval(() => undefined, 60_000);
// What the app only logs would be lost here, and is a fault.
process.on('unhandledRejection', (reason) => {
  process.stdout.write(`unhandled ${String(reason)}\n`);
});
const quit = new QuitSequence({
  exit: (code) => process.exit(code),
  mayQuit: () => Promise.resolve(true),
  begin: () => Promise.resolve(),
  shutdown: () => fleet.manager.close(500),
  ...{ clock, logger },
});
process.on('SIGTERM', () => quit.request());

const ignore = () => undefined;
await fleet.run(idleOne, 'select 1');
const lease = await fleet.manager.acquire(busyOne, neverAborted);
await requireSql(lease.connection).query({ text: 'begin' }, { signal: neverAborted });
for (let count = 0; count < 2; count += 1) fleet.run(busyOne, longStatement).catch(ignore);
for (let count = 0; count < 100; count += 1) fleet.run(crowdedOne, longStatement).catch(ignore);
process.stdout.write(`${fleet.applicationName}\n`);
