import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { ClientCertificate, TlsSettings } from '../../../../src/shared/model/tls.ts';
import { CertificateFiles } from '../../../support/clientCertificates.ts';
import type { FieldOverrides } from '../../../support/dataSources.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type ClusterTls, PostgresCluster } from '../../../support/postgresCluster.ts';
import { TestAuthority } from '../../../support/postgresClusterCertificates.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession, type SessionOptions } from '../../../support/postgresClusterSession.ts';
import { bundledSource, RunUnderTest, somePipeline } from '../../sync/runUnderTest.ts';

let authority: TestAuthority;
let stranger: TestAuthority;
let cluster: PostgresCluster;
let files: CertificateFiles;
/** The certificate of the user `ann`. */
let ann: ClusterTls;
let annRsa: ClusterTls;

const passphrase = 'Öffne dich 7';

beforeAll(async () => {
  [authority, stranger, files] = await Promise.all([
    TestAuthority.create(),
    TestAuthority.create('Some other authority'),
    CertificateFiles.create(),
  ]);
  const tls = await authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
  ann = await authority.issue({ names: [], commonName: 'ann' });
  annRsa = await authority.issue({ names: [], commonName: 'ann', key: 'rsa' });
  cluster = await PostgresCluster.start({
    tls,
    settings: { ssl_ca_file: 'root.crt' },
    hba: [
      'hostssl all ann,bob 127.0.0.1/32 cert',
      'hostssl all both 127.0.0.1/32 scram-sha-256 clientcert=verify-full',
      'hostssl all plain 127.0.0.1/32 password',
      'hostssl all unencrypted 127.0.0.1/32 reject',
      'hostnossl all encrypted 127.0.0.1/32 reject',
    ],
    sql: ['ann', 'bob', 'both', 'plain', 'unencrypted', 'encrypted'].map(
      (name) => `CREATE ROLE "${name}" LOGIN PASSWORD 'pw'`,
    ),
  });
});

afterAll(async () => {
  await cluster?.dispose();
  await Promise.all([authority.dispose(), stranger.dispose(), files.dispose()]);
});

interface Wish extends SessionOptions {
  readonly tls?: Partial<TlsSettings>;
  readonly fields?: FieldOverrides;
}

const open = (user: string, { tls, fields, ...options }: Wish = {}) =>
  openSession(
    fieldsFor(cluster, {
      ...{ user, tls: { mode: 'verify-full', caPem: authority.certificatePem, ...tls } },
      ...fields,
    }),
    { password: 'pw', ...options },
  );

/** The name that the server read in the certificate of a session, and what the session says of it. */
async function shown(user: string, wish: Wish): Promise<readonly unknown[]> {
  const session = await open(user, wish);
  const { rows } = await session.query(
    { text: 'SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()' },
    { signal: neverAborted },
  );
  await session.close();
  return [...(rows[0] ?? []), session.tls.active ? session.tls.client?.subject : null];
}

describe('a client certificate', () => {
  const forms: readonly [string, () => Promise<ClientCertificate>][] = [
    ['PEM', () => files.pem('ann', ann)],
    ['DER', () => files.der('ann', ann)],
    ['PEM with an encrypted key (PKCS #8)', () => files.encrypted('ann8', ann, 'pkcs8', passphrase)],
    ['PEM with an encrypted key (SEC 1)', () => files.encrypted('ann1', ann, 'sec1', passphrase)],
    ['PKCS #12', () => files.pkcs12('ann', ann, passphrase)],
    ['an RSA key in PEM', () => files.pem('rsa', annRsa)],
    ['an encrypted RSA key (PKCS #1)', () => files.encrypted('rsa1', annRsa, 'pkcs1', passphrase)],
    ['an encrypted RSA key (PKCS #8)', () => files.encrypted('rsa8', annRsa, 'pkcs8', passphrase)],
    ['an RSA key in PKCS #12', () => files.pkcs12('rsa', annRsa, passphrase)],
  ];

  it.each(forms)('in the form of %s logs in without a password', async (_, made) => {
    const client = await made();
    expect(await shown('ann', { tls: { client }, passphrase, password: null })).toEqual([
      't',
      '/CN=ann',
      'ann',
    ]);
  });

  it('stands beside a password where the server wants both, and cancels with the same protection', async () => {
    const client = await files.pem('both', await authority.issue({ names: [], commonName: 'both' }));
    const session = await open('both', { tls: { client } });
    const controller = new AbortController();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(30)' }, { signal: controller.signal }));
    controller.abort();
    expect((await sleeping).code).toBe('QUERY_CANCELLED');
    await session.close();
  });

  it('is read again at each connect, as the CA file is', async () => {
    const caFile = await files.write('ca.pem', stranger.certificatePem);
    const client = await files.pem('renewed', await stranger.issue({ names: [], commonName: 'ann' }));
    const tls = { caPem: null, caFile, client };
    expect((await failureOf(open('ann', { tls }))).code).toBe('TLS_UNTRUSTED');
    await files.write('ca.pem', `# renewed\n${authority.certificatePem}`);
    expect((await failureOf(open('ann', { tls }))).code).toBe('TLS_CLIENT_CERTIFICATE_REFUSED');
    await files.pem('renewed', ann);
    expect(await shown('ann', { tls, password: null })).toEqual(['t', '/CN=ann', 'ann']);
  });

  it('that is missing, or of somebody else, is explained', async () => {
    expect(await failureOf(open('ann'))).toMatchObject({
      ...{ code: 'TLS_CLIENT_CERTIFICATE_REQUIRED', retryable: false },
      causes: [expect.stringContaining('no client certificate'), expect.any(String)],
    });
    const client = await files.pem('ann', ann);
    const other = await failureOf(open('bob', { tls: { client } }));
    expect(other.code).toBe('LOGIN_NOT_PERMITTED');
    expect(other.causes.join(' ')).toContain('another name than bob');
  });

  it('that cannot be used is refused before anything is sent, with what is wrong with its files', async () => {
    const good = await files.pem('good', ann);
    const other = await authority.issue({ names: [], commonName: 'other' });
    const past = { validFrom: new Date(Date.now() - 2e9), validTo: new Date(Date.now() - 1e9) };
    const expired = await authority.issue({ names: [], commonName: 'ann', ...past });
    const wrongKey = { ...good, keyPath: await files.write('other.key', other.keyPem) };
    const cases: readonly [ClientCertificate, string, string?][] = [
      [{ ...good, keyPath: files.path('nowhere.key') } as ClientCertificate, 'cannot be read'],
      [
        { ...good, keyPath: await files.write('not.key', 'not a key') } as ClientCertificate,
        'no private key',
      ],
      [wrongKey as ClientCertificate, 'not the key of the certificate'],
      [await files.pem('expired', expired), 'has expired'],
      [await files.encrypted('sealed', ann, 'pkcs8', passphrase), 'no passphrase is given'],
      [await files.encrypted('sealed', ann, 'pkcs8', passphrase), 'could not be opened', 'wrong'],
      [await files.encrypted('sealed1', ann, 'sec1', passphrase), 'could not be opened', 'wrong'],
      [await files.pkcs12('sealed12', ann, passphrase), 'could not be opened', 'wrong'],
    ];
    for (const [client, words, typed] of cases) {
      const failure = await failureOf(
        open('ann', { tls: { client }, ...(typed !== undefined && { passphrase: typed }) }),
      );
      expect([failure.code, failure.detail]).toEqual(['TLS_FILE_UNUSABLE', expect.stringContaining(words)]);
    }
  });
});

describe('a worker of pipelines', () => {
  it('opens the files on its own computer, with the passphrase that the run brings along', async () => {
    const tls = {
      mode: 'verify-ca',
      caPem: null,
      caFile: await files.write('worker-ca.pem', authority.certificatePem),
      client: await files.encrypted('worker', annRsa, 'pkcs8', passphrase),
    } as const;
    const fields = fieldsFor(cluster, { user: 'ann', tls });
    await cluster.execute('GRANT CREATE, USAGE ON SCHEMA public TO ann');
    await cluster.execute('CREATE TABLE worker_from AS SELECT 1 AS id; GRANT SELECT ON worker_from TO ann');
    const source = (secrets: Record<string, string>) => bundledSource(fields, secrets);
    const runs = new RunUnderTest([source({ clientKeyPassphrase: passphrase })]);
    await runs.run(somePipeline('worker_from', 'worker_to'));
    const { rows } = await cluster.execute('SELECT count(*)::text AS count FROM worker_to');
    expect(rows).toEqual([{ count: '1' }]);
    const without = new RunUnderTest([source({})]);
    const refused = await failureOf(without.run(somePipeline('worker_from', 'worker_to')));
    expect(refused).toMatchObject({
      code: 'TLS_FILE_UNUSABLE',
      detail: expect.stringContaining('no passphrase'),
    });
  });
});

describe('allow and prefer', () => {
  const endsUp = async (user: string, mode: 'allow' | 'prefer') => {
    const session = await open(user, { tls: { mode, caPem: null } });
    await session.close();
    return session.tls.active;
  };

  it('use the one that libpq tries first, and the other where pg_hba.conf wants it', async () => {
    for (const [user, mode, isEncrypted] of [
      ['plain', 'prefer', null],
      ['encrypted', 'prefer', true],
      ['encrypted', 'allow', true],
      ['unencrypted', 'allow', false],
      ['unencrypted', 'prefer', false],
    ] as const) {
      expect([user, mode, await endsUp(user, mode).catch(() => null)]).toEqual([user, mode, isEncrypted]);
    }
  });

  it('do without TLS where the server has none', async () => {
    const { password, ...server } = inject('postgres');
    const tls = { mode: 'prefer', caPem: null } as const;
    const session = await openSession(fieldsFor(server, { tls }), { password });
    await session.close();
    expect(session.tls).toEqual({ active: false });
  });

  it('give the password in no weaker way than any other mode', async () => {
    const failure = await failureOf(open('plain', { tls: { mode: 'prefer', caPem: null } }));
    expect(failure.code).toBe('AUTH_METHOD_REFUSED');
  });
});

describe('what a person may ask of TLS besides', () => {
  it('begins without a request in plain text, which PostgreSQL 17 takes', async () => {
    const fields = { tlsNegotiation: 'direct' } as const;
    expect(await shown('encrypted', { fields })).toEqual(['t', null, undefined]);
  });

  it('needs the newest version where it is asked for', async () => {
    const tls = { minVersion: '1.3' } as const;
    const session = await open('encrypted', { tls });
    await session.close();
    expect(session.tls).toMatchObject({ protocol: 'TLSv1.3' });
    await cluster.execute("ALTER SYSTEM SET ssl_max_protocol_version = 'TLSv1.2'");
    await cluster.stop();
    await cluster.startServer();
    expect((await failureOf(open('encrypted', { tls }))).code).toBe('TLS_FAILED');
    const older = await open('encrypted');
    await older.close();
    expect(older.tls).toMatchObject({ protocol: 'TLSv1.2' });
  });

  it('binds the log-in to the channel, or refuses to log in', async () => {
    const fields = { channelBinding: 'require' } as const;
    await (await open('encrypted', { fields })).close();
    const client = await files.pem('ann', ann);
    const certified = { fields, tls: { client } };
    expect((await failureOf(open('plain', { fields }))).code).toBe('AUTH_METHOD_REFUSED');
    expect((await failureOf(open('ann', certified))).code).toBe('AUTH_METHOD_REFUSED');
    await (await open('encrypted', { fields: { channelBinding: 'disable' } })).close();
  });
});
