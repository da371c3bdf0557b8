import { describe, expect, it } from 'vitest';
import { buildOf } from './builds.ts';
import { describeFamily, type FamilySigns } from './describeFamily.ts';
import { lendingOf, poolerOf } from './poolers.ts';

/** What these servers say stands in their documentation and sources. */
const redshift =
  'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.77467';
const signs = (changes: Partial<FamilySigns> = {}): FamilySigns => ({
  version: 'PostgreSQL 17.2 on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit',
  versionNumber: '17.2',
  host: null,
  extensions: null,
  server: { build: 'postgres', greeting: null, pooler: null, keepsTimeLimits: true },
  ...changes,
});

describe('describeFamily', () => {
  it('says nothing of a plain PostgreSQL', () => {
    expect(describeFamily(signs())).toEqual({
      product: 'PostgreSQL',
      versionNumber: '17.2',
      family: { protocol: null, parts: [], limits: [] },
    });
  });

  it.each([
    [
      'CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15)',
      'cockroachdb',
      'CockroachDB',
      '24.1.0',
    ],
    [redshift, 'redshift', 'Amazon Redshift', '1.0.77467'],
    ['PostgreSQL 15.2-YB-2025.1.0.1-b0 on x86_64-pc-linux-gnu', 'postgres', 'YugabyteDB', '2025.1.0.1'],
    [
      'PostgreSQL 12.12 (Greenplum Database 7.1.0 build commit:e7c2b1f) on x86_64-pc-linux-gnu',
      'postgres',
      'Greenplum',
      '7.1.0',
    ],
  ])('tells the product of %s with its own version', (version, build, product, own) => {
    const server = { build, greeting: null, pooler: null, keepsTimeLimits: true };
    const described = describeFamily(signs({ version, server }));
    expect(described).toMatchObject({ product, versionNumber: own, family: { protocol: 'PostgreSQL' } });
    expect(described.family.limits.includes('catalogue')).toBe(build !== 'postgres');
  });

  it('names extensions, the host and a pooler, and what does not hold behind that', () => {
    const pooler = { name: null, lends: 'transaction' } as const;
    const { family } = describeFamily(
      signs({
        host: 'Neon',
        extensions: { timescaledb: '2.17.2', citus: '12.1-1' },
        server: { build: 'postgres', greeting: null, pooler, keepsTimeLimits: false },
      }),
    );
    expect(family.parts.map(({ name, version }) => [name, version])).toEqual([
      ['TimescaleDB', '2.17.2'],
      ['Citus', '12.1-1'],
      ['Neon', null],
      ['a connection pooler', null],
    ]);
    expect(family.limits).toEqual(['sessionState', 'timeLimits']);
  });
});

describe('how a server is built', () => {
  it('is told by what it reports at log-in', () => {
    const reported = (name: string) => buildOf(new Map([[name, 'x']])).name;
    expect(reported('crdb_version')).toBe('cockroachdb');
    expect(reported('padb_version')).toBe('redshift');
    expect(reported('server_version')).toBe('postgres');
  });
});

describe('a pooler', () => {
  const build = buildOf(new Map());
  const plain = { host: 'db.example.test', processId: 4_242, refusesSettings: false, build };

  it('is told by its host, by settings that it refuses, or by a process id that no server has', () => {
    expect(poolerOf(plain)).toBeNull();
    expect(poolerOf({ ...plain, refusesSettings: true })).toMatchObject({ name: 'PgBouncer' });
    expect(poolerOf({ ...plain, processId: -7 })).toMatchObject({ name: null });
    expect(poolerOf({ ...plain, processId: 1_234_567_890 })).toMatchObject({ name: null });
    expect(poolerOf({ ...plain, host: 'aws-0-eu-central-1.pooler.supabase.com' })?.name).toBe(
      'Supabase pooler',
    );
    expect(poolerOf({ ...plain, host: 'ep-x-1-pooler.eu-central-1.aws.neon.tech' })?.name).toBe(
      'Neon pooler',
    );
    expect(poolerOf({ ...plain, host: 'pooler.supabase.com.evil.test' })).toBeNull();
  });

  it('lends a session for a transaction when two of ours have the same one, or one of ours has two', () => {
    expect(lendingOf([1, 1], [2, 2])).toBe('session');
    expect(lendingOf([1, 1], [1, 1])).toBe('transaction');
    expect(lendingOf([1, 2], [])).toBe('transaction');
    expect(lendingOf([1, 1], [])).toBe('unknown');
  });
});
