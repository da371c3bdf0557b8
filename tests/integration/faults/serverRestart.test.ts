import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator, Marks } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';

describe.each(faultEngines)('$name', (engine) => {
  let server: OwnServer;
  let administrator: Administrator;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeAll(async () => {
    // What it has confirmed must be there after a crash, to be counted.
    server = await engine.start({ settings: { PostgreSQL: { synchronous_commit: 'on' } } });
    administrator = server.administrator;
  });
  afterAll(() => server.dispose());

  beforeEach(async () => {
    if (!server.isRunning) await server.startServer();
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(server, { engine, password: server.password });
    await source.connect();
  });
  afterEach(() => source.dispose());

  describe('a server that is restarted', () => {
    it('ends a statement on its way with an error, and what it had confirmed is there afterwards (row 5)', async () => {
      await source.run(marks.sql('before'));
      const failing = failureOf(source.run(marks.sql('lost', 60)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      await server.crash();
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', retryable: false });
      expect(failure.detail).toContain('may or may not have run');
      await source.untilReason('CONNECTION_REFUSED');
      expect(source.statuses).toContain('reconnecting');
      await server.startServer();
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ before: 1, after: 1 });
    });

    it.each(['stop', 'crash'] as const)(
      '%s: callers are told at once while it is down, and served again when it is up (row 5)',
      async (strike) => {
        await server[strike]();
        const { reason } = await source.untilReason('CONNECTION_REFUSED');
        expect(reason).toMatchObject({ driverCode: 'ECONNREFUSED', retryable: true });
        expect(reason.title).toContain('was refused');
        expect((await failureOf(source.run(marks.sql('while down')))).code).toMatch(
          /^(CONNECTION_REFUSED|CIRCUIT_OPEN)$/,
        );
        await server.startServer();
        await source.untilStatus('ready');
        await source.run(marks.sql('after'));
        expect(await marks.counts()).toEqual({ after: 1 });
      },
    );

    it('counts its attempts while it is down, then opens the circuit, and closes it by one probe (row 5)', async () => {
      await server.stop();
      const { until: probeAt, reason } = await source.untilStatus('open-circuit');
      expect(reason.code).toBe('CONNECTION_REFUSED');
      expect(probeAt).toBeGreaterThan(Date.now() - 1_000);
      const attempts = source.states.flatMap((state) =>
        state.status === 'reconnecting' ? [state.attempt] : [],
      );
      expect(attempts).toEqual([...attempts].sort((left, right) => left - right));
      expect(new Set(attempts).size).toBeGreaterThan(1);
      const failure = await failureOf(source.run(marks.sql('while open')));
      expect(failure).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: true });
      await server.startServer();
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it('is reached at once by "try now", however long the wait was to be (row 5)', async () => {
      await source.dispose();
      source = new ManagerUnderTest(server, { engine, password: server.password, random: () => 0.99 });
      await source.connect();
      await server.stop();
      await source.untilStatus('open-circuit');
      await server.startServer();
      await source.connect();
      expect(source.state.status).toBe('ready');
      expect(await source.run('select 1')).toEqual([['1']]);
    });
  });
});
