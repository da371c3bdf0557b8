import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Marks } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';

/** What the pool tidies every 5 s is tidied every half second. */
const clock = fastClock(10);

describe.each(faultEngines)('$name: a server that ends sessions which are idle for a second', (engine) => {
  let server: OwnServer;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeAll(async () => {
    server = await engine.start({
      settings: { PostgreSQL: { idle_session_timeout: '1s' }, MariaDB: { 'wait-timeout': '1' } },
    });
  });

  afterAll(() => server.dispose());

  beforeEach(async () => {
    marks = await server.administrator.createMarks();
    source = new ManagerUnderTest(server, {
      ...{ engine, password: server.password, clock },
      timeouts: { connectMs: 20_000 },
    });
  });

  afterEach(() => source.dispose());

  it('has them replaced before anybody notices, time and again', async () => {
    const { administrator } = server;
    await source.connect();
    for (const mark of ['first', 'second', 'third']) {
      const before = await administrator.untilBackends(source.applicationName, 2);
      await administrator.untilReplaced(source.applicationName, before, 2);
      await source.run(marks.sql(mark));
    }
    expect(await marks.counts()).toEqual({ first: 1, second: 1, third: 1 });
    await source.untilStatus('ready');
    expect(source.statuses).not.toContain('failed');
    expect(source.statuses).not.toContain('open-circuit');
  });
});
