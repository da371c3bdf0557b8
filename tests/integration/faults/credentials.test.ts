import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

/** Longer than any backoff, health check or tidying of the product. */
const longWhileMs = 60_000;

describe.each(faultEngines)('$name', (engine) => {
  const { accounts, sleep } = engine.words;
  let server: OwnServer;
  let administrator: Administrator;
  let clock: JumpingClock;
  let source: ManagerUnderTest;
  /** What a person has typed last. */
  let password: string;

  beforeAll(async () => {
    server = await engine.start({ sql: () => [accounts.create('analyst', 'first')] });
    administrator = server.administrator;
  });

  afterAll(() => server.dispose());

  beforeEach(async () => {
    await administrator.query(accounts.renewPassword('analyst', 'first'));
    password = 'first';
    clock = new JumpingClock();
    source = new ManagerUnderTest(server, {
      engine,
      password: () => password,
      fields: { user: 'analyst' },
      timeouts: { connectMs: 60_000 },
      clock,
    });
  });

  afterEach(() => source.dispose());

  /** Log-ins that the server has refused for their password since it was started. */
  const refusedLogIns = () => server.refusedLogIns('analyst');

  /** Whatever was going to be tried by itself in the next minutes has been tried when this resolves. */
  async function letTimePass(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) {
      clock.skip(longWhileMs);
      // What became due runs, and would have reached the server before this round trip is over.
      await administrator.query('select 1');
      await new Promise<void>((resolve) => systemClock.after(1, resolve));
      await administrator.query('select 1');
    }
  }

  /** Callers that all want the same at once; what each one failed with. */
  async function failAtOnce(count: number): Promise<string[]> {
    const failures = Array.from({ length: count }, () => failureOf(source.run('select 1')));
    return [...new Set((await Promise.all(failures)).map(({ code }) => code))];
  }

  describe('a wrong password', () => {
    it('is sent once, however many callers and pool members want a connection, and never again (row 20)', async () => {
      password = 'wrong';
      const before = refusedLogIns();
      expect(await failAtOnce(20)).toEqual(['AUTH_FAILED']);
      const state = await source.untilStatus('failed');
      expect(state.reason).toMatchObject({
        code: 'AUTH_FAILED',
        driverCode: engine.codes.wrongPassword,
        retryable: false,
      });
      await letTimePass();
      expect(await failAtOnce(5)).toEqual(['AUTH_FAILED']);
      expect(refusedLogIns() - before).toBe(1);
      expect(source.statuses).toEqual(['connecting', 'failed']);
    });

    it('is tried again when a person asks for it, once (row 20)', async () => {
      password = 'wrong';
      const before = refusedLogIns();
      expect((await failureOf(source.connect())).code).toBe('AUTH_FAILED');
      expect((await failureOf(source.connect())).code).toBe('AUTH_FAILED');
      await until(() => expect(refusedLogIns() - before).toBe(2));
      password = 'first';
      await source.connect();
      await source.untilStatus('ready');
    });
  });

  describe('a password that changes on the server while the pool is in use', () => {
    it('leaves open sessions alone, stops the pool at its next log-ins, and the new one revives it (row 21)', async () => {
      await source.connect();
      const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await administrator.query(accounts.setPassword('analyst', 'second'));
      expect(await source.run('select 1')).toEqual([['1']]);
      const before = refusedLogIns();

      await administrator.terminate(open);
      const state = await source.untilStatus('failed');
      expect(state.reason).toMatchObject({ code: 'AUTH_FAILED' });
      expect(state.reason.causes.join(' ')).toMatch(/changed|expired/);
      expect(await failAtOnce(20)).toEqual(['AUTH_FAILED']);
      await letTimePass();
      // Connects that were under way together may each have been refused; nothing follows.
      expect(refusedLogIns() - before).toBeGreaterThanOrEqual(1);
      expect(refusedLogIns() - before).toBeLessThanOrEqual(2);

      password = 'second';
      await source.connect();
      expect(await source.run('select 1')).toEqual([['1']]);
      await source.untilStatus('ready');
    });

    it('stops those who wait for a connection too (row 21)', async () => {
      await source.connect();
      const running = failureOf(source.run(sleep(60)));
      const others = [1, 2, 3].map(() => failureOf(source.run(sleep(60))));
      const open = await administrator.untilBackends(source.applicationName, 4, 'active');
      await administrator.query(accounts.setPassword('analyst', 'second'));
      const before = refusedLogIns();
      const waiting = Array.from({ length: 20 }, () => failureOf(source.run('select 1')));
      await administrator.terminate(open);
      expect((await running).code).toBe('CONNECTION_LOST');
      expect((await Promise.all(others)).map(({ code }) => code)).toEqual(Array(3).fill('CONNECTION_LOST'));
      expect(new Set((await Promise.all(waiting)).map(({ code }) => code))).toEqual(new Set(['AUTH_FAILED']));
      await source.untilStatus('failed');
      await letTimePass();
      // No more than may connect at once.
      expect(refusedLogIns() - before).toBeLessThanOrEqual(4);
    });

    it('that has expired stops the pool in the same way (row 21)', async () => {
      await source.connect();
      const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await administrator.query(accounts.expirePassword('analyst'));
      const before = refusedLogIns();
      await administrator.terminate(open);
      const state = await source.untilStatus('failed');
      expect(['AUTH_FAILED', 'LOGIN_NOT_PERMITTED']).toContain(state.reason.code);
      await letTimePass();
      expect(refusedLogIns() - before).toBeLessThanOrEqual(2);
      await administrator.query(accounts.renewPassword('analyst', 'first'));
      await source.connect();
      await source.untilStatus('ready');
    });
  });

  describe('an account that is locked while the pool is in use', () => {
    afterEach(() => administrator.query(accounts.unlock('analyst')));

    it('leaves open sessions alone, and stops new ones until somebody changes it back (authentication changed)', async () => {
      await source.connect();
      const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await administrator.query(accounts.lock('analyst'));
      expect(await source.run('select 1')).toEqual([['1']]);

      await administrator.terminate(open);
      const state = await source.untilStatus('failed');
      expect(state.reason).toMatchObject({ code: 'LOGIN_NOT_PERMITTED', retryable: false });
      const totals = source.metrics.totals(source.id);
      await letTimePass();
      expect(await failAtOnce(5)).toEqual(['LOGIN_NOT_PERMITTED']);

      await administrator.query(accounts.unlock('analyst'));
      await letTimePass();
      expect(source.metrics.totals(source.id)).toMatchObject({
        connectsOk: totals.connectsOk,
        connectsFailed: totals.connectsFailed,
      });
      await source.connect();
      expect(await source.run('select 1')).toEqual([['1']]);
    });
  });
});
