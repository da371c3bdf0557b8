import { expect, it } from 'vitest';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { until } from '../../support/faults/until.ts';
import { ended, linesOf, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';

/** What running work gets (0.5 s), a second for the server to obey, one to say goodbye, and what a busy machine adds. */
const limitMs = 4_500;
/** Statements that run: two beside an open transaction in one data source, a full pool in another. */
const runningCount = 2 + 4;
/** The process reads the product's TypeScript first, which takes a busy machine long. */
const timeoutMs = 60_000;

it.each(sharedServers)(
  '$engine.name: a process that gets SIGTERM in the middle of everything ends, with nothing left on the server (row 43)',
  async ({ engine, host, port, password, administrator }) => {
    const marks = await administrator.createMarks();
    const script = new URL('./quittingProcess.ts', import.meta.url);
    const child = spawnTypeScript(script, [
      engine.name,
      host,
      String(port),
      password,
      marks.sql('cut short', 60),
    ]);
    const lines = linesOf(child)[Symbol.asyncIterator]();
    const applicationName = String((await lines.next()).value);
    await administrator.untilBackends(applicationName, runningCount, 'active');

    const startedMs = performance.now();
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(limitMs);
    await until(async () => expect(await administrator.backends(applicationName)).toEqual([]));
    // Nothing more was said: no rejection without somebody to handle it.
    expect((await lines.next()).done).toBe(true);
    expect(await marks.counts()).toEqual({});
  },
  timeoutMs,
);
