import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostAddress } from '../../../src/main/connectors/network/sockets/resolveHost.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { WatchedFactory } from '../../support/faults/WatchedFactory.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  const home: HostAddress = { address: '127.0.0.1', family: 4 };
  /** Loopback too, where nothing listens. */
  const deserted: HostAddress = { address: '127.0.0.3', family: 4 };

  let marks: Marks;
  let lookUps: number;
  /** What the next look-ups answer; the last one stays. */
  let answers: (string | HostAddress)[];
  let source: ManagerUnderTest;

  beforeEach(async () => {
    marks = await administrator.createMarks();
    lookUps = 0;
    answers = [];
    const lookup = async () => {
      lookUps += 1;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (typeof answer === 'object') return [answer];
      throw Object.assign(new Error(`getaddrinfo ${answer}`), { code: answer });
    };
    source = new ManagerUnderTest(
      { host: 'db.example.test', port: server.port },
      { engine, password, factory: new WatchedFactory(lookup), random: () => 0.05 },
    );
  });

  afterEach(() => source.dispose());

  describe('a host name (row 19)', () => {
    it('that nobody can look up at present is looked up again until it is found', async () => {
      answers = ['EAI_AGAIN', 'EAI_AGAIN', 'EAI_AGAIN', home];
      const failure = await failureOf(source.run(marks.sql('too early')));
      expect(failure).toMatchObject({ code: 'DNS_UNAVAILABLE', driverCode: 'EAI_AGAIN', retryable: true });
      await source.untilStatus('ready');
      await source.run(marks.sql('in time'));
      expect(lookUps).toBeGreaterThanOrEqual(4);
      expect(source.statuses).not.toContain('failed');
      expect(await marks.counts()).toEqual({ 'in time': 1 });
    });

    it('that does not exist is not asked for again until somebody wants to', async () => {
      answers = ['ENOTFOUND'];
      expect(await failureOf(source.run('select 1'))).toMatchObject({
        code: 'HOST_NOT_FOUND',
        retryable: false,
      });
      expect((await source.untilStatus('failed')).reason.fixes.join(' ')).toContain('Check the host name');
      expect(lookUps).toBe(1);
      answers = [home];
      await source.connect();
      expect(await source.run('select 1')).toEqual([['1']]);
    });

    it('that leads to another address now is followed there, without a restart', async () => {
      answers = [home];
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      const lookUpsBefore = lookUps;
      answers = [deserted, deserted, home];
      await administrator.terminate(before);
      await until(() => expect(lookUps - lookUpsBefore).toBeGreaterThanOrEqual(3));
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      await source.untilStatus('ready');
      expect(await marks.counts()).toEqual({ after: 1 });
      expect(await administrator.backends(source.applicationName)).not.toHaveLength(0);
    });
  });
});
