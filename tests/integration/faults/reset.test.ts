import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let proxy: FaultProxy;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(proxy, { engine, password });
    await source.connect();
    await administrator.untilBackends(source.applicationName, 2, 'idle');
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  describe('connections that are reset', () => {
    it('while they are idle are replaced without anybody asking (row 11)', async () => {
      proxy.cut('reset');
      await until(() => expect(proxy.seen).toMatchObject({ connections: 4, open: 2 }));
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it('under a statement fail it once, with the warning that it may have run (row 11)', async () => {
      const failing = failureOf(source.run(marks.sql('cut', 1)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.cut('reset');
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: 'ECONNRESET', retryable: false });
      expect(failure.detail).toContain('may or may not have run');
      await source.run(marks.sql('after'));
      // The server had it and finishes it; nobody may have sent it again.
      await until(async () => expect(await marks.counts()).toEqual({ cut: 1, after: 1 }));
      await administrator.untilBackends(source.applicationName, 2, 'idle');
      expect(await marks.counts()).toEqual({ cut: 1, after: 1 });
    });

    it('under many statements at once fail each of them once (row 11)', async () => {
      const names = ['one', 'two', 'three', 'four'];
      const failing = names.map((name) => failureOf(source.run(marks.sql(name, 1))));
      await administrator.untilBackends(source.applicationName, 4, 'active');
      proxy.cut('reset');
      const codes = (await Promise.all(failing)).map(({ code }) => code);
      expect(codes).toEqual(names.map(() => 'CONNECTION_LOST'));
      await source.run(marks.sql('after'));
      await until(async () =>
        expect(await marks.counts()).toEqual({ one: 1, two: 1, three: 1, four: 1, after: 1 }),
      );
    });

    it('while they log in are tried again until it works (row 11)', async () => {
      proxy.limitData(20);
      proxy.cut('reset');
      const { reason } = await source.untilStatus('reconnecting');
      expect(reason).toMatchObject({ code: 'CONNECTION_RESET', retryable: true });
      await proxy.heal();
      await source.untilStatus('ready');
      expect(await source.run('select 1')).toEqual([['1']]);
    });
  });
});
