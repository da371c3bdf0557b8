import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { DataSourceFields } from '../../../../src/shared/model/dataSource.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import type { TlsMode } from '../../../../src/shared/model/tls.ts';
import type { FieldOverrides } from '../../../support/dataSources.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type ClusterTls, PostgresCluster } from '../../../support/postgresCluster.ts';
import { TestAuthority } from '../../../support/postgresClusterCertificates.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

let authority: TestAuthority;
let stranger: TestAuthority;
let cluster: PostgresCluster;
let goodCertificate: ClusterTls;

const day = 86_400_000;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([
    TestAuthority.create(),
    TestAuthority.create('Some other authority'),
  ]);
  goodCertificate = await authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
  cluster = await PostgresCluster.start({
    tls: goodCertificate,
    hba: [
      'hostssl all plain 127.0.0.1/32 password',
      'hostssl all outsider 127.0.0.1/32 reject',
      'hostnossl all secretive 127.0.0.1/32 reject',
    ],
    sql: ["CREATE ROLE plain LOGIN PASSWORD 'pw-plain'", "CREATE ROLE outsider LOGIN PASSWORD 'pw-outsider'"],
  });
});

afterAll(async () => {
  await cluster.dispose();
  await Promise.all([authority.dispose(), stranger.dispose()]);
});

/** The server shows this certificate to whoever connects from now on. */
async function show(certificate: ClusterTls): Promise<void> {
  await cluster.replaceTls(certificate);
  await cluster.stop();
  await cluster.startServer();
}

const withTls = (mode: TlsMode, overrides: FieldOverrides = {}, caPem?: string | null): DataSourceFields =>
  fieldsFor(cluster, {
    tls: { mode, caPem: caPem === undefined ? authority.certificatePem : caPem },
    ...overrides,
  });

const open = (fields: DataSourceFields) => openSession(fields, { password: cluster.password });

describe('a server with a good certificate', () => {
  it.each(['encrypt', 'verify-ca', 'verify-full'] as const)(
    'is reached under %s, with SCRAM bound to the channel',
    async (mode) => {
      const told: Stage[] = [];
      const session = await openSession(withTls(mode, { host: 'localhost' }), {
        password: cluster.password,
        onStage: (stage) => told.push(stage),
      });
      const { rows } = await session.query(
        { text: 'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()' },
        { signal: neverAborted },
      );
      await session.close();
      expect(rows).toEqual([['t', session.tls.active ? session.tls.protocol : 'no TLS']]);
      expect(session.tls).toMatchObject({ issuer: 'Mooring test authority', subject: 'test server' });
      expect(told.find(({ name, outcome }) => name === 'auth' && outcome === 'ok')?.note).toContain(
        'bound to the TLS channel',
      );
    },
  );

  it('is verified by its address too', async () => {
    await (await open(withTls('verify-full'))).close();
  });

  it('may ask a verified client for the password in clear text', async () => {
    const session = await openSession(withTls('verify-full', { user: 'plain' }), { password: 'pw-plain' });
    await session.close();
  });

  it('does not get the password in clear text from a client that cannot know who it is', async () => {
    const failure = await failureOf(
      openSession(withTls('encrypt', { user: 'plain' }), { password: 'pw-plain' }),
    );
    expect(failure.code).toBe('AUTH_METHOD_REFUSED');
  });

  it('whose pg_hba.conf has no line for an encrypted client is explained', async () => {
    const failure = await failureOf(
      openSession(withTls('verify-full', { user: 'outsider' }), { password: 'pw' }),
    );
    expect(failure).toMatchObject({ code: 'NO_PG_HBA_ENTRY', driverCode: '28000', retryable: false });
    expect(failure.detail).toContain('outsider');
  });

  it('that lets the user in with encryption only says so to who does not encrypt', async () => {
    const failure = await failureOf(open(withTls('disable', { user: 'secretive' }, null)));
    expect(failure).toMatchObject({ code: 'TLS_REQUIRED', driverCode: '28000', retryable: false });
  });

  it('loses the session at once when it is destroyed', async () => {
    const [session, observer] = [await open(withTls('verify-full')), await open(withTls('verify-full'))];
    session.destroy();
    const count = {
      text: 'SELECT count(*) FROM pg_stat_activity WHERE pid = $1',
      values: [session.backendId],
    };
    while ((await observer.query(count, { signal: neverAborted })).rows[0]?.[0] !== '0');
    await observer.close();
  });

  it('cancels a statement over TLS', async () => {
    const session = await open(withTls('verify-full'));
    const controller = new AbortController();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(30)' }, { signal: controller.signal }));
    controller.abort();
    expect((await sleeping).code).toBe('QUERY_CANCELLED');
    await session.ping({ signal: neverAborted });
    await session.close();
  });
});

describe('a bundle of authorities', () => {
  const bundleOf = (...pems: readonly string[]) => pems.join('\n');
  /** 200 kB, as the bundles of clouds are. */
  const large = (...last: readonly string[]) => {
    const pem = stranger.certificatePem;
    return bundleOf(...Array.from({ length: Math.ceil(200_000 / pem.length) }, () => pem), ...last);
  };

  it.each(['verify-ca', 'verify-full'] as const)(
    'of 200 kB is used under %s, to its last certificate',
    async (mode) => {
      const session = await open(withTls(mode, {}, large(authority.certificatePem)));
      await session.close();
    },
  );

  it('has every certificate trusted, wherever it stands and whatever text is around it', async () => {
    const { certificatePem: ours } = authority;
    const { certificatePem: theirs } = stranger;
    const bundles = [
      bundleOf(ours, theirs),
      bundleOf('Subject: CN=Some other authority', theirs, '# Ours', ours, 'The end'),
      bundleOf(theirs, ours).replaceAll('\n', '\r\n'),
    ];
    for (const bundle of bundles) await (await open(withTls('verify-full', {}, bundle))).close();
  });

  it('without the authority of the server trusts nobody', async () => {
    expect((await failureOf(open(withTls('verify-full', {}, large())))).code).toBe('TLS_UNTRUSTED');
  });

  it('with a broken certificate says which it is', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----';
    const bundle = bundleOf(
      authority.certificatePem,
      stranger.certificatePem,
      broken,
      stranger.certificatePem,
    );
    expect(await failureOf(open(withTls('verify-full', {}, bundle)))).toMatchObject({
      code: 'TLS_FAILED',
      detail: 'CA certificate 3 of 4 cannot be read.',
    });
  });
});

describe('a server with a bad certificate', () => {
  beforeEach(() => show(goodCertificate));

  it('signed by an authority that is not the given one is refused', async () => {
    const failure = await failureOf(open(withTls('verify-full', {}, stranger.certificatePem)));
    expect(failure).toMatchObject({ code: 'TLS_UNTRUSTED', retryable: false });
    expect(failure.causes.join(' ')).toContain('Mooring test authority');
    expect(failure.detail).toMatch(/SHA-256 fingerprint: (?:[0-9A-F]{2}:){31}/);
  });

  it("signed by an authority that the system does not know is refused under verify-full without an authority's certificate", async () => {
    expect((await failureOf(open(withTls('verify-full', {}, null)))).code).toBe('TLS_UNTRUSTED');
  });

  it('for another host is refused under verify-full, and accepted under verify-ca', async () => {
    await show(await authority.issue({ names: ['DNS:db.example.com'] }));
    const failure = await failureOf(open(withTls('verify-full')));
    expect(failure).toMatchObject({ code: 'TLS_HOST_MISMATCH', driverCode: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(failure.causes.join(' ')).toContain('db.example.com');
    await (await open(withTls('verify-ca'))).close();
  });

  it('that names an address only as its subject is said to lack a subject alternative name', async () => {
    await show(await authority.issue({ names: [], commonName: '127.0.0.1' }));
    const failure = await failureOf(open(withTls('verify-full')));
    expect(failure).toMatchObject({
      code: 'TLS_HOST_MISMATCH',
      message: 'The certificate of 127.0.0.1 has no subject alternative name',
    });
    await (await open(withTls('verify-ca'))).close();
  });

  it('that names an address as a DNS name is said to do so', async () => {
    await show(await authority.issue({ names: ['DNS:127.0.0.1'] }));
    const failure = await failureOf(open(withTls('verify-full')));
    expect(failure.causes).toContain(
      'It has 127.0.0.1 as a DNS name; an address must be an entry of type IP address.',
    );
  });

  it('that has expired is refused', async () => {
    const long = 30 * day;
    await show(
      await authority.issue({
        names: ['IP:127.0.0.1'],
        validFrom: new Date(Date.now() - 2 * long),
        validTo: new Date(Date.now() - long),
      }),
    );
    const failure = await failureOf(open(withTls('verify-full')));
    expect(failure).toMatchObject({ code: 'TLS_EXPIRED', driverCode: 'CERT_HAS_EXPIRED', retryable: false });
  });

  it('that is not valid yet is refused', async () => {
    const validFrom = new Date(Date.now() + day);
    await show(
      await authority.issue({ names: ['IP:127.0.0.1'], validFrom, validTo: new Date(Date.now() + 9 * day) }),
    );
    const failure = await failureOf(open(withTls('verify-full')));
    expect(failure).toMatchObject({ code: 'TLS_EXPIRED', driverCode: 'CERT_NOT_YET_VALID' });
    expect(failure.message).toContain('not valid yet');
  });

  it('is not looked for under encrypt, which trusts whoever answers', async () => {
    await show(await stranger.issue({ names: ['DNS:db.example.com'] }));
    await (await open(withTls('encrypt'))).close();
  });

  it("and an authority's certificate that cannot be read is explained", async () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
    expect((await failureOf(open(withTls('verify-ca', {}, damaged)))).code).toBe('TLS_FAILED');
  });
});
