import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSourceFields } from '../../../../src/shared/model/dataSource.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import type { FieldOverrides } from '../../../support/dataSources.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await PostgresCluster.start({
    settings: { max_connections: '8', superuser_reserved_connections: '3', reserved_connections: '0' },
    hba: [
      'host all outsider 127.0.0.1/32 reject',
      'host all plain 127.0.0.1/32 password',
      'host all hashed 127.0.0.1/32 md5',
      'host all trusted 127.0.0.1/32 trust',
    ],
    sql: [
      "CREATE ROLE analyst LOGIN PASSWORD 'pw-analyst'",
      "CREATE ROLE nologin_role NOLOGIN PASSWORD 'pw-nologin'",
      "CREATE ROLE limited LOGIN PASSWORD 'pw-limited' CONNECTION LIMIT 1",
      "CREATE ROLE expired LOGIN PASSWORD 'pw-expired' VALID UNTIL '2020-01-01'",
      "CREATE ROLE outsider LOGIN PASSWORD 'pw-outsider'",
      "CREATE ROLE plain LOGIN PASSWORD 'pw-plain'",
      "SET password_encryption = 'md5'; CREATE ROLE hashed LOGIN PASSWORD 'pw-hashed'",
      'CREATE ROLE trusted LOGIN',
      'CREATE DATABASE locked_room',
      'REVOKE CONNECT ON DATABASE locked_room FROM PUBLIC',
      'CREATE DATABASE small_room CONNECTION LIMIT 1',
    ],
  });
});

afterAll(() => cluster.dispose());

const analyst = (overrides: FieldOverrides = {}): DataSourceFields =>
  fieldsFor({ host: cluster.host, port: cluster.port, user: 'analyst' }, overrides);

/** `name outcome` of each stage that ended. */
const endings = (told: readonly Stage[]): string[] =>
  told.filter(({ outcome }) => outcome !== 'running').map(({ name, outcome }) => `${name} ${outcome}`);

describe('a connect that succeeds', () => {
  it('tells every stage with its time and what it found', async () => {
    const told: Stage[] = [];
    const onStage = (stage: Stage) => told.push(stage);
    const session = await openSession(analyst({ host: 'localhost' }), { password: 'pw-analyst', onStage });
    await session.close();
    expect(endings(told)).toEqual(['dns ok', 'tcp ok', 'tls skipped', 'auth ok', 'database ok']);
    const notes = Object.fromEntries(told.map(({ name, note }) => [name, note]));
    expect(notes).toMatchObject({ dns: expect.stringContaining('127.0.0.1'), auth: 'SCRAM-SHA-256' });
    expect(notes.database).toMatch(/^postgres, PostgreSQL \d+/);
    expect(
      told.filter(({ outcome }) => outcome === 'ok').every(({ durationMs }) => (durationMs ?? -1) >= 0),
    ).toBe(true);
  });

  it('never asks for the password when the server does not', async () => {
    const told: Stage[] = [];
    const session = await openSession(analyst({ user: 'trusted' }), {
      password: null,
      onStage: (s) => told.push(s),
    });
    await session.close();
    expect(told.at(-3)).toMatchObject({ name: 'auth', outcome: 'ok', note: 'no password required' });
  });

  it('accepts an MD5 password on the loopback, where nobody can listen', async () => {
    const session = await openSession(analyst({ user: 'hashed' }), { password: 'pw-hashed' });
    await session.close();
  });

  it('opens every session of a read-only data source read-only', async () => {
    const session = await openSession(analyst({ readOnly: true }), { password: 'pw-analyst' });
    const failure = await failureOf(
      session.query({ text: 'CREATE TEMP TABLE t (a int)' }, { signal: AbortSignal.timeout(5_000) }),
    );
    await session.close();
    expect(failure).toMatchObject({ code: 'READ_ONLY', driverCode: '25006', retryable: false });
  });
});

describe('a connect that the server refuses', () => {
  const cases: readonly {
    readonly when: string;
    readonly fields: () => DataSourceFields;
    readonly password: string | null;
    readonly expected: object;
    readonly stage: string;
  }[] = [
    {
      when: 'the password is wrong',
      fields: () => analyst(),
      password: 'not-the-password',
      expected: { code: 'AUTH_FAILED', driverCode: '28P01', retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'the user does not exist',
      fields: () => analyst({ user: 'nobody_here' }),
      password: 'pw',
      expected: { code: 'AUTH_FAILED', driverCode: '28P01', retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'the password has expired',
      fields: () => analyst({ user: 'expired' }),
      password: 'pw-expired',
      expected: { code: 'AUTH_FAILED', driverCode: '28P01', retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'there is no password',
      fields: () => analyst(),
      password: null,
      expected: { code: 'PASSWORD_REQUIRED', driverCode: null, retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'the role may not log in',
      fields: () => analyst({ user: 'nologin_role' }),
      password: 'pw-nologin',
      expected: { code: 'LOGIN_NOT_PERMITTED', driverCode: '28000', retryable: false },
      stage: 'database failed',
    },
    {
      when: 'pg_hba.conf rejects the user, and there is no TLS that could help',
      fields: () => analyst({ user: 'outsider' }),
      password: 'pw-outsider',
      expected: { code: 'NO_PG_HBA_ENTRY', driverCode: '28000', retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'it asks for the password in clear text without TLS',
      fields: () => analyst({ user: 'plain' }),
      password: 'pw-plain',
      expected: { code: 'AUTH_METHOD_REFUSED', retryable: false },
      stage: 'auth failed',
    },
    {
      when: 'the database does not exist',
      fields: () => analyst({ database: 'no_such_room' }),
      password: 'pw-analyst',
      expected: { code: 'DATABASE_NOT_FOUND', driverCode: '3D000', retryable: false },
      stage: 'database failed',
    },
    {
      when: 'the user may not connect to the database',
      fields: () => analyst({ database: 'locked_room' }),
      password: 'pw-analyst',
      expected: { code: 'PERMISSION_DENIED', driverCode: '42501', retryable: false },
      stage: 'database failed',
    },
  ];

  it.each(cases)('explains itself when $when', async ({ fields, password, expected, stage }) => {
    const told: Stage[] = [];
    const failure = await failureOf(openSession(fields(), { password, onStage: (s) => told.push(s) }));
    expect(failure).toMatchObject(expected);
    expect(endings(told).at(-1)).toBe(stage);
    expect(failure.causes.length).toBeGreaterThan(0);
    expect(failure.fixes.length).toBeGreaterThan(0);
  });

  it.each([
    { whose: 'the user', fields: () => analyst({ user: 'limited' }), password: 'pw-limited' },
    { whose: 'the database', fields: () => analyst({ database: 'small_room' }), password: 'pw-analyst' },
  ])('explains that $whose is at its limit of connections', async ({ fields, password }) => {
    const first = await openSession(fields(), { password });
    const failure = await failureOf(openSession(fields(), { password }));
    await first.close();
    expect(failure).toMatchObject({ code: 'TOO_MANY_CONNECTIONS', driverCode: '53300', retryable: true });
  });

  it('explains that the server is at its limit of connections', async () => {
    const sessions = await Promise.all(
      Array.from({ length: 5 }, () => openSession(analyst(), { password: 'pw-analyst' })),
    );
    const failure = await failureOf(openSession(analyst(), { password: 'pw-analyst' }));
    await Promise.all(sessions.map((session) => session.close()));
    expect(failure).toMatchObject({ code: 'TOO_MANY_CONNECTIONS', driverCode: '53300', retryable: true });
  });
});

describe('a connect that does not reach a server', () => {
  it('explains that nothing listens', async () => {
    const stopped = await PostgresCluster.start();
    await stopped.dispose();
    const failure = await failureOf(openSession(analyst({ port: stopped.port }), { password: 'pw' }));
    expect(failure).toMatchObject({
      code: 'CONNECTION_REFUSED',
      driverCode: 'ECONNREFUSED',
      retryable: true,
    });
    expect(failure.message).toContain(`127.0.0.1, port ${stopped.port}`);
  });

  it('explains that the host does not exist, or that nobody can say', async () => {
    const failure = await failureOf(openSession(analyst({ host: 'db.example.invalid' }), { password: 'pw' }));
    expect(['HOST_NOT_FOUND', 'DNS_UNAVAILABLE']).toContain(failure.code);
    expect(failure.message).toContain('db.example.invalid');
  });

  it('explains that the server does not offer TLS, and sends nothing in plain text instead', async () => {
    const told: Stage[] = [];
    const fields = analyst({ tls: { mode: 'encrypt', caPem: null } });
    const failure = await failureOf(openSession(fields, { password: 'pw', onStage: (s) => told.push(s) }));
    expect(failure).toMatchObject({ code: 'TLS_NOT_SUPPORTED', retryable: false });
    expect(endings(told)).toEqual(['dns skipped', 'tcp ok', 'tls failed']);
  });
});

describe('a server that is not up', () => {
  it('is told as not ready while it waits for its sessions to end', async () => {
    const closing = await PostgresCluster.start();
    const fields = fieldsFor({ host: closing.host, port: closing.port });
    const session = await openSession(fields, { password: closing.password });
    const ended = closing.signal('SIGTERM');
    const failure = await failureOf(
      (async () => {
        for (;;) await (await openSession(fields, { password: closing.password })).close();
      })(),
    );
    await session.close();
    await ended;
    await closing.dispose();
    expect(failure).toMatchObject({ code: 'SERVER_STARTING', driverCode: '57P03', retryable: true });
    expect(failure.causes).toContain('It is shutting down.');
  });
});
