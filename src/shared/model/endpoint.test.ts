import { describe, expect, it } from 'vitest';
import type { EngineSettings } from '../engines/settings.ts';
import { authorityOf, type EndpointFields, endpointParts, isSameEndpoint } from './endpoint.ts';

const config = {
  host: 'db.example.com',
  port: 5432,
  database: 'shop',
  user: 'ann',
  tls: { mode: 'verify-full', caPem: null } as { mode: 'encrypt' | 'verify-full'; caPem: string | null },
};
const personal = (changes: Partial<typeof config> = {}): EndpointFields => ({
  engine: { kind: 'postgres', config: { ...config, ...changes } },
  origin: 'personal',
});
const demo = (changes: Partial<typeof config> = {}): EndpointFields => ({
  ...personal(changes),
  origin: 'demo',
});
const mysql = (socketPath: string | null): EndpointFields => ({
  engine: {
    kind: 'mysql',
    config: { ...config, port: 5432, socketPath, timeZone: null, compression: false },
  } as EngineSettings,
  origin: 'personal',
});

describe('who receives a secret', () => {
  it('is the same where only the spelling of the host differs', () => {
    expect(isSameEndpoint(personal(), personal({ host: 'DB.Example.com' }))).toBe(true);
    expect(isSameEndpoint(personal({ host: '[::1]' }), personal({ host: '::1' }))).toBe(true);
  });

  it.each([
    ['host', { host: 'db.example.org' }],
    ['host that a search domain could complete', { host: 'db.example.com.' }],
    ['host with half of its brackets', { host: '[db.example.com' }],
    ['port', { port: 5433 }],
    ['database', { database: 'other' }],
    ['user', { user: 'eve' }],
    ['TLS mode', { tls: { mode: 'encrypt' as const, caPem: null } }],
    ['authority', { tls: { mode: 'verify-full' as const, caPem: 'pem' } }],
  ])('is another one with another %s', (_what, changes) => {
    expect(isSameEndpoint(personal(), personal(changes))).toBe(false);
    expect(isSameEndpoint(personal(changes), personal())).toBe(false);
  });

  it('is another one with another engine, or with a socket', () => {
    expect(isSameEndpoint(personal(), mysql(null))).toBe(false);
    expect(isSameEndpoint(mysql(null), mysql('/run/mysqld.sock'))).toBe(false);
    expect(isSameEndpoint(mysql('/run/a.sock'), mysql('/run/b.sock'))).toBe(false);
    expect(isSameEndpoint(mysql('/run/a.sock'), mysql('/run/a.sock'))).toBe(true);
  });

  it('is the demo server on whatever port it runs, and no other', () => {
    expect(isSameEndpoint(demo(), demo({ port: 5433 }))).toBe(true);
    expect(isSameEndpoint(demo(), personal())).toBe(false);
  });

  it('is written down in an order that never changes', () => {
    expect(endpointParts(personal({ host: '[FE80::1]' }))).toEqual([
      ...['postgres', 'fe80::1', '5432', 'shop', 'ann', 'verify-full'],
    ]);
    for (const host of ['[fe80', 'fe80]']) expect(endpointParts(personal({ host }))[1]).toBe(host);
    expect(endpointParts(demo())).toEqual([
      ...['postgres', 'db.example.com', 'demo', 'shop', 'ann', 'verify-full'],
    ]);
    expect(endpointParts(mysql('/run/mysqld.sock'))).toEqual([
      ...['mysql', 'socket', '/run/mysqld.sock', 'shop', 'ann', 'none'],
    ]);
  });

  it('has an authority of its own only where one is trusted', () => {
    expect(authorityOf(personal())).toBe(null);
    expect(authorityOf(personal({ tls: { mode: 'verify-full', caPem: 'pem' } }))).toBe('pem');
    expect(authorityOf(mysql('/run/mysqld.sock'))).toBe(null);
  });
});
