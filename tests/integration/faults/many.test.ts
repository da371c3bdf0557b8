import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { Fleet } from '../../support/faults/Fleet.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { WatchedFactory } from '../../support/faults/WatchedFactory.ts';

/** Connects that may be under way at one moment, in all data sources together. */
const connectLimit = 4;
const requestCount = 10_000;
/** Callers that may wait. */
const queueLimit = 1_000;

describe.each(faultEngines)('$name', (engine) => {
  let server: OwnServer;
  let administrator: Administrator;
  let proxy: FaultProxy;

  beforeAll(async () => {
    server = await engine.start({ settings: { PostgreSQL: { max_connections: '120' } } });
    administrator = server.administrator;
  });

  afterAll(() => server.dispose());

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
  });

  afterEach(() => proxy.dispose());

  /** How often each value is there. */
  function tally(values: readonly string[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  }

  describe('1,000 data sources (row 44)', () => {
    it('cost nothing while they are not in use, and no more than a few timers each while they are', async () => {
      const clock = new JumpingClock();
      const fleet = new Fleet({ engine, address: server, password: server.password, count: 1_000, clock });
      const inUse = fleet.ids.slice(0, 50);
      try {
        expect(fleet.countOf('idle')).toBe(1_000);
        expect(clock.pendingCount).toBe(0);
        await Promise.all(inUse.map((id) => fleet.run(id, 'select 1')));
        await administrator.untilBackends(fleet.applicationName, 50);
        const whileInUse = clock.pendingCount;
        // Health, tidying and scaling; and what the manager has for all of them together.
        expect(whileInUse).toBeLessThanOrEqual(4 * inUse.length + 5);
        for (const id of fleet.ids.slice(50)) await fleet.manager.disconnect(id);
        expect(clock.pendingCount).toBeLessThanOrEqual(whileInUse);
        await fleet.manager.disconnectAll();
        await administrator.untilBackends(fleet.applicationName, 0);
        // The sampling of all may be set for one more second.
        expect(clock.pendingCount).toBeLessThanOrEqual(1);
        expect(fleet.countOf('idle')).toBe(1_000);
      } finally {
        await fleet.dispose();
      }
      expect(clock.pendingCount).toBe(0);
    });
  });

  describe('10,000 requests at once (row 45)', () => {
    it('are served by ten connections, first come first served; those beyond the queue are refused at once', async () => {
      const source = new ManagerUnderTest(server, {
        engine,
        password: server.password,
        pool: { min: 2, max: 10 },
      });
      try {
        await source.connect();
        const served: number[] = [];
        const pids = new Set<string>();
        let refusedBeforeFirstAnswer = 0;
        let refused = 0;
        const request = async (at: number) => {
          await source.manager.withConnection(source.id, neverAborted, async (connection) => {
            served.push(at);
            const { rows } = await requireSql(connection).query(
              { text: engine.words.sessionId },
              { signal: neverAborted },
            );
            if (pids.size === 0) refusedBeforeFirstAnswer = refused;
            pids.add(rows[0]?.[0] ?? '');
          });
          return 'served';
        };
        const outcomes = await Promise.all(
          Array.from({ length: requestCount }, (_, at) =>
            request(at).catch((error: { code: string }) => {
              refused += 1;
              return error.code;
            }),
          ),
        );
        const counts = tally(outcomes);
        expect(Object.keys(counts).sort()).toEqual(['POOL_BUSY', 'served']);
        expect(counts.served).toBeGreaterThanOrEqual(queueLimit);
        expect(counts.served).toBeLessThanOrEqual(queueLimit + 10);
        expect(refusedBeforeFirstAnswer).toBe(counts.POOL_BUSY);
        expect(served).toEqual([...served].sort((left, right) => left - right));
        expect(pids.size).toBeLessThanOrEqual(10);
        expect(source.metrics.totals(source.id).connectsOk).toBeLessThanOrEqual(10);
        expect(source.state.status).toBe('ready');
      } finally {
        await source.dispose();
      }
    });
  });

  describe('10,000 requests to a server that is down (row 46)', () => {
    it('cost one connect for each wait, and none while the breaker is open', async () => {
      const factory = new WatchedFactory();
      const clock = new JumpingClock();
      let patience = 0.05;
      const source = new ManagerUnderTest(proxy, {
        ...{ engine, password: server.password, factory, clock },
        random: () => patience,
      });
      const requests = async () => {
        const failures = Array.from({ length: requestCount }, () => failureOf(source.run('select 1')));
        return tally((await Promise.all(failures)).map(({ code }) => code));
      };
      const waits = () =>
        source.states.filter(({ status }) => status === 'reconnecting' || status === 'open-circuit');
      try {
        proxy.refuse();
        expect(await requests()).toEqual({ CONNECTION_REFUSED: requestCount });
        expect(factory.begun).toBe(waits().length);
        await source.untilStatus('open-circuit');
        // From the next attempt on it stays open for longer than the requests take.
        patience = 0.99;
        await until(() => expect(stillOpenMs()).toBeGreaterThan(4_000));
        const { begun } = factory;
        expect(await requests()).toEqual({ CIRCUIT_OPEN: requestCount });
        expect(factory.begun - begun).toBeLessThanOrEqual(1);
        expect(factory.begun).toBe(waits().length);
        await proxy.heal();
        clock.skip(30_000);
        await source.untilStatus('ready');
        expect(await source.run('select 1')).toEqual([['1']]);
      } finally {
        await source.dispose();
      }

      function stillOpenMs(): number {
        return source.state.status === 'open-circuit' ? source.state.until - clock.wallMs() : 0;
      }
    });
  });

  describe('50 data sources whose server comes back at once (row 47)', () => {
    it('connect a few at a time, and all come back', async () => {
      const factory = new WatchedFactory();
      const fleet = new Fleet({ engine, address: proxy, password: server.password, count: 50, factory });
      try {
        await Promise.all(fleet.ids.map((id) => fleet.run(id, 'select 1')));
        expect(factory.mostAtOnce).toBeLessThanOrEqual(connectLimit);
        await administrator.untilBackends(fleet.applicationName, 50);
        proxy.refuse();
        proxy.cut('reset');
        await until(() => expect(fleet.countOf('ready')).toBe(0));
        await proxy.heal();
        await until(() => expect(fleet.countOf('ready')).toBe(50), 25_000);
        expect(factory.mostAtOnce).toBeLessThanOrEqual(connectLimit);
        await Promise.all(fleet.ids.map((id) => fleet.run(id, 'select 1')));
        await administrator.untilBackends(fleet.applicationName, 50);
      } finally {
        await fleet.dispose();
      }
    });
  });
});
