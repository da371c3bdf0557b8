import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { TestAuthority } from '../../support/postgresClusterCertificates.ts';

const names = ['IP:127.0.0.1'];

describe.each(faultEngines)('$name', (engine) => {
  let known: TestAuthority;
  let other: TestAuthority;
  let server: OwnServer;
  let administrator: Administrator;
  let source: ManagerUnderTest;

  beforeAll(async () => {
    [known, other] = await Promise.all([TestAuthority.create('Known'), TestAuthority.create('Other')]);
    server = await engine.start({ tls: await known.issue({ names }) });
    administrator = server.administrator;
  });

  afterAll(async () => {
    await server.dispose();
    await Promise.all([known.dispose(), other.dispose()]);
  });

  beforeEach(async () => {
    await replaceCertificate(known);
    source = new ManagerUnderTest(server, {
      engine,
      password: server.password,
      fields: { tls: { mode: 'verify-full', caPem: known.certificatePem } },
      timeouts: { connectMs: 30_000 },
    });
    await source.connect();
  });

  afterEach(() => source.dispose());

  async function replaceCertificate(authority: TestAuthority): Promise<void> {
    await server.replaceTls(await authority.issue({ names }));
  }

  /** Gone with their connections, as when the server ends old sessions after the change. */
  async function terminateAll(): Promise<readonly number[]> {
    const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
    await administrator.terminate(open);
    return open;
  }

  describe('a certificate that is renewed while the pool is in use (row 15)', () => {
    it('by another of the same authority is verified by new connections; open ones live on', async () => {
      const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await replaceCertificate(known);
      const [[pid] = []] = await source.run(engine.words.sessionId);
      expect(open).toContain(Number(pid));
      await terminateAll();
      await until(async () => expect(await source.run(engine.words.sessionId)).toHaveLength(1));
      const { tls } = await source.manager.withConnection(
        source.id,
        new AbortController().signal,
        async (connection) => connection,
      );
      expect(tls.active).toBe(true);
      await source.untilStatus('ready');
    });

    it('by one of an unknown authority stops new connections, until somebody trusts it; open ones live on', async () => {
      await administrator.untilBackends(source.applicationName, 2, 'idle');
      await replaceCertificate(other);
      expect(await source.run('select 1')).toEqual([['1']]);
      await terminateAll();
      const { reason } = await source.untilStatus('failed');
      expect(reason).toMatchObject({ code: 'TLS_UNTRUSTED', retryable: false });
      const { connectsFailed } = source.metrics.totals(source.id);
      expect((await failureOf(source.run('select 1'))).code).toBe('TLS_UNTRUSTED');
      expect(source.metrics.totals(source.id).connectsFailed).toBe(connectsFailed);
      await source.change({ tls: { mode: 'verify-full', caPem: other.certificatePem } });
      expect(await source.run('select 1')).toEqual([['1']]);
      await source.untilStatus('ready');
    });
  });
});
