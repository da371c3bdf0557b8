/**
 * An app that runs the demo server until it is killed: `<folder>` as argument, the password in its environment. Writes
 * each status as a line of JSON.
 */
import { neverAborted } from '../../../src/main/base/abort.ts';
import { newRun, smallSeed } from './newRun.ts';

// Nothing of the demo keeps a process alive; an app has its windows for that.
setInterval(() => undefined, 60_000);

const [folder = ''] = process.argv.slice(2);
const password = process.env.DEMO_PASSWORD ?? '';

const demo = newRun(folder, smallSeed, { read: async () => password, write: async () => undefined });
demo.onStatus.on((status) => process.stdout.write(`${JSON.stringify(status)}\n`));
await demo.prepare(neverAborted);
