import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { MysqlConfig } from '../../../../src/shared/engines/mysql/config.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { CertificateFiles } from '../../../support/clientCertificates.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { TestAuthority } from '../../../support/postgresClusterCertificates.ts';
import { firstValue, openSession, type SessionOptions } from './sessionUnderTest.ts';

let cluster: MysqlCluster;
let authority: TestAuthority;
let files: CertificateFiles;

async function start(product: 'mariadb' | 'mysql', sql: readonly string[]): Promise<void> {
  [authority, files] = await Promise.all([TestAuthority.create(), CertificateFiles.create()]);
  const tls = await authority.issue({ names: ['DNS:localhost', 'IP:127.0.0.1'] });
  cluster = await MysqlCluster.start({ product, tls, sql: ['CREATE DATABASE shop', ...sql] });
}

afterAll(async () => {
  await cluster.dispose();
  await Promise.all([authority.dispose(), files.dispose()]);
});

const encrypt = { tls: { mode: 'encrypt', caPem: null } } as const;
const verified = (): Pick<MysqlConfig, 'tls'> => ({
  tls: { mode: 'verify-full', caPem: authority.certificatePem },
});

/** What the server calls the account of a session. */
async function logIn(user: string, options: SessionOptions = {}): Promise<string> {
  const session = await openSession(
    { ...cluster, host: cluster.host, port: cluster.port, user, password: 'S3cret' },
    options,
  );
  try {
    return String(await firstValue(session, 'SELECT CURRENT_USER()'));
  } finally {
    await session.close();
  }
}

describeProduct('mariadb', () => {
  beforeAll(() =>
    start('mariadb', [
      "CREATE USER ann@'%' IDENTIFIED BY 'S3cret'",
      "GRANT SELECT ON shop.* TO ann@'%'",
      "CREATE USER free@'%'",
      "CREATE USER t@'%' IDENTIFIED BY 'S3cret' REQUIRE SSL",
      "CREATE USER us@'%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('S3cret')",
      "CREATE USER uso@'%' IDENTIFIED VIA unix_socket",
      "CREATE USER x509@'%' IDENTIFIED BY 'S3cret' REQUIRE X509",
      "CREATE USER few@'%' IDENTIFIED BY 'S3cret' WITH MAX_USER_CONNECTIONS 1",
    ]),
  );

  it('logs in with mysql_native_password, without TLS, with any and with a verified one', async () => {
    for (const config of [{}, encrypt, verified()]) expect(await logIn('ann', { config })).toBe('ann@%');
  });

  it('reports its stages in order', async () => {
    const told: Stage[] = [];
    await logIn('ann', { config: { database: 'shop', ...verified() }, onStage: (stage) => told.push(stage) });
    const ended = told.filter(({ outcome }) => outcome !== 'running').map(({ name, note }) => [name, note]);
    expect(ended).toEqual([
      ['dns', expect.any(String)],
      ['tcp', expect.stringContaining('127.0.0.1')],
      ['greeting', expect.stringContaining('MariaDB')],
      ['tls', expect.stringContaining('TLS')],
      ['auth', 'mysql_native_password'],
      ['session', 'shop'],
    ]);
  });

  it('logs in through the socket', async () => {
    expect(await logIn('ann', { config: { socketPath: cluster.socketPath } })).toBe('ann@%');
  });

  it('tells a wrong password, a missing one and an account without one apart', async () => {
    expect((await failureOf(logIn('ann', { password: 'no' }))).code).toBe('AUTH_FAILED');
    expect((await failureOf(logIn('ann', { password: null }))).code).toBe('PASSWORD_REQUIRED');
    expect(await logIn('free', { password: null })).toBe('free@%');
  });

  it('says that an account may ask for TLS when it is refused without', async () => {
    const refused = await failureOf(logIn('t'));
    expect(refused).toMatchObject({ code: 'AUTH_FAILED', driverCode: '1045 (28000)' });
    expect(refused.causes.join(' ')).toContain('REQUIRE SSL');
    expect(await logIn('t', { config: encrypt })).toBe('t@%');
  });

  it('shows a client certificate where the account requires one, and says so where there is none', async () => {
    const client = await files.pem('client', await authority.issue({ names: [], commonName: 'ann' }));
    const { tls } = verified();
    expect(await logIn('x509', { config: { tls: { ...tls, client } } })).toBe('x509@%');
    const refused = await failureOf(logIn('x509', { config: { tls } }));
    expect(refused.causes.join(' ')).toContain('REQUIRE X509');
  });

  it('encrypts under prefer where the server offers it, and goes without where it does not', async () => {
    const config = { tls: { mode: 'prefer', caPem: null } } as const;
    const without = inject('mariadb');
    for (const [server, isActive] of [
      [{ host: cluster.host, port: cluster.port, user: 'ann', password: 'S3cret' }, true],
      [without, false],
    ] as const) {
      const session = await openSession(server, { config });
      await session.close();
      expect(session.tls.active).toBe(isActive);
    }
  });

  it('logs in with a password where the socket is another way, and refuses an account that has only that', async () => {
    expect(await logIn('us')).toBe('us@%');
    expect(await failureOf(logIn('uso'))).toMatchObject({ code: 'LOGIN_NOT_PERMITTED', retryable: false });
  });

  it('tells the limit of an account from a wrong password', async () => {
    const session = await openSession({ host: cluster.host, port: cluster.port, user: 'few' });
    expect((await failureOf(logIn('few'))).code).toBe('TOO_MANY_CONNECTIONS');
    await session.close();
  });

  it('says which database there is not, and which time zone the server does not know', async () => {
    expect((await failureOf(logIn('ann', { config: { database: 'shoop' } }))).code).toBe('PERMISSION_DENIED');
    const root = { config: { user: cluster.user, database: 'shoop' }, password: cluster.password };
    expect((await failureOf(logIn('ann', root))).code).toBe('DATABASE_NOT_FOUND');
    const unknown = await failureOf(logIn('ann', { config: { timeZone: 'Mars/Phobos' } }));
    expect(unknown.message).toContain('time zone');
  });

  it('gets no proof by a weaker method than before', async () => {
    const logins = { strongest: 'client_ed25519', loggedIn: () => undefined };
    expect((await failureOf(logIn('ann', { logins }))).code).toBe('AUTH_METHOD_DOWNGRADED');
  });

  it('remembers by which method it logged in', async () => {
    const remembered: string[] = [];
    await logIn('ann', { logins: { strongest: null, loggedIn: (method) => remembered.push(method) } });
    await logIn('free', {
      password: null,
      logins: { strongest: null, loggedIn: (method) => remembered.push(method) },
    });
    expect(remembered).toEqual(['mysql_native_password']);
  });
});

describeProduct('mysql', () => {
  beforeAll(() =>
    start('mysql', [
      "CREATE USER s2@'%' IDENTIFIED WITH caching_sha2_password BY 'S3cret'",
      "CREATE USER s256@'%' IDENTIFIED WITH sha256_password BY 'S3cret'",
      "CREATE USER locked@'%' IDENTIFIED BY 'S3cret' ACCOUNT LOCK",
      "CREATE USER old@'%' IDENTIFIED BY 'S3cret' PASSWORD EXPIRE",
    ]),
  );

  it('logs in with caching_sha2_password over TLS, cold and warm, and then also without TLS', async () => {
    await cluster.execute('FLUSH PRIVILEGES');
    for (const config of [encrypt, encrypt, verified(), {}])
      expect(await logIn('s2', { config })).toBe('s2@%');
    await cluster.execute('FLUSH PRIVILEGES');
    const refused = await failureOf(logIn('s2'));
    expect(refused).toMatchObject({ code: 'AUTH_METHOD_REFUSED', retryable: false });
    expect([refused.message, ...refused.causes].join(' ')).toContain('TLS is turned off');
  });

  it('logs in with sha256_password over TLS and through the socket, and sends nothing without', async () => {
    const socket = { socketPath: cluster.socketPath };
    for (const config of [encrypt, verified(), socket])
      expect(await logIn('s256', { config })).toBe('s256@%');
    expect((await failureOf(logIn('s256'))).code).toBe('AUTH_METHOD_REFUSED');
  });

  it.each(['s2', 's256'])('tells a wrong password of %s as one, over TLS', async (user) => {
    expect((await failureOf(logIn(user, { config: encrypt, password: 'no' }))).code).toBe('AUTH_FAILED');
  });

  it('tells a locked account and an expired password apart', async () => {
    expect((await failureOf(logIn('locked', { config: encrypt }))).message).toContain('locked');
    expect((await failureOf(logIn('old', { config: encrypt }))).message).toContain('expired');
  });

  it('says that the server requires TLS', async () => {
    await cluster.execute('SET GLOBAL require_secure_transport = ON');
    await logIn('s2', { config: encrypt });
    expect((await failureOf(logIn('s2'))).code).toBe('TLS_REQUIRED');
    await cluster.execute('SET GLOBAL require_secure_transport = OFF');
  });
});
