import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { type CertificateRequest, TestAuthority } from '../../support/postgresClusterCertificates.ts';

/** A minute of the product is 1.5 s. */
const clock = fastClock(40);
const names = ['DNS:localhost', 'IP:127.0.0.1'];
const day = 86_400_000;

describe.each(faultEngines)('$name', (engine) => {
  let known: TestAuthority;
  let other: TestAuthority;
  let server: OwnServer;
  let proxy: FaultProxy;
  let administrator: Administrator;
  let source: ManagerUnderTest;

  beforeAll(async () => {
    [known, other] = await Promise.all([
      TestAuthority.create(),
      TestAuthority.create('Some other authority'),
    ]);
    server = await engine.start({ tls: await known.issue({ names }) });
    proxy = await FaultProxy.start(server);
    administrator = server.administrator;
  });

  afterEach(() => source.dispose());

  afterAll(async () => {
    proxy.dispose();
    await server.dispose();
    await Promise.all([known.dispose(), other.dispose()]);
  });

  /** The server shows this certificate to whoever connects from now on. */
  async function show(authority: TestAuthority, request: CertificateRequest): Promise<void> {
    await server.replaceTls(await authority.issue(request));
  }

  describe('a certificate that is replaced while the data source is in use', () => {
    const cases = [
      { what: 'another authority', code: 'TLS_UNTRUSTED', by: () => other, request: { names } },
      {
        what: 'another host',
        ...{ code: 'TLS_HOST_MISMATCH', by: () => known, request: { names: ['DNS:db.example.com'] } },
      },
      {
        what: 'a time that is over',
        code: 'TLS_EXPIRED',
        by: () => known,
        request: { names, validFrom: new Date(Date.now() - 3 * day), validTo: new Date(Date.now() - day) },
      },
    ] as const;

    it.each(cases)('by one of $what stops the data source, until somebody mends it (row 15)', async (one) => {
      await show(known, { names });
      source = new ManagerUnderTest(proxy, {
        ...{ engine, password: server.password, clock, timeouts: { connectMs: 120_000 } },
        fields: { tls: { mode: 'verify-full', caPem: known.certificatePem } },
      });
      await source.connect();
      const pids = await administrator.untilBackends(source.applicationName, 2, 'idle');
      await show(one.by(), one.request);
      // Those who are in stay in.
      expect(await source.run('select 1')).toEqual([['1']]);
      await administrator.terminate(pids);
      const { reason } = await source.untilStatus('failed');
      expect(reason).toMatchObject({ code: one.code, retryable: false });
      expect(reason.fixes).not.toEqual([]);
      const { connections } = proxy.seen;
      await new Promise<void>((resolve) => clock.after(40_000, resolve));
      expect(proxy.seen.connections).toBe(connections);
      expect(await administrator.backends(source.applicationName)).toEqual([]);
      await show(known, { names });
      await source.connect();
      expect(await source.run('select 1')).toEqual([['1']]);
    });
  });
});
