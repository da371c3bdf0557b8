import { describe, expect, it } from 'vitest';
import { type FieldOverrides, someFields } from '../../../../tests/support/dataSources.ts';
import { endpointHash } from './endpointBinding.ts';

const hashOf = (changes: FieldOverrides = {}): string => endpointHash(someFields(changes)).toString('hex');
const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

describe('endpointHash', () => {
  it('stays what it was in the first release, or no saved password would open any more', () => {
    expect(hashOf()).toBe('8621a5f9dc84ba5cea8bb1d50bcc932719570f59543b6d4ccc67c7abdaf9600b');
  });

  it.each<[string, FieldOverrides]>([
    ['host', { host: 'evil.example.test' }],
    ['a trailing dot of the host', { host: 'db.example.test.' }],
    ['port', { port: 5433 }],
    ['database', { database: 'other' }],
    ['user', { user: 'Analyst' }],
    ['TLS mode', { tls: { mode: 'encrypt', caPem: null } }],
    ['authority', { tls: { mode: 'disable', caPem: pem('AAAA') } }],
    ['file of an authority', { tls: { mode: 'disable', caPem: null, caFile: '/ca.pem' } }],
    ['channel binding', { channelBinding: 'require' }],
    ['way there', { network: { type: 'socks5', host: 'proxy', port: 1080, user: null } }],
    ['being the demo', { origin: 'demo' }],
  ])('changes with the %s', (_, changes) => {
    expect(hashOf(changes)).not.toBe(hashOf());
  });

  it('changes when another authority is trusted', () => {
    expect(hashOf({ tls: { mode: 'verify-ca', caPem: pem('AAAA') } })).not.toBe(
      hashOf({ tls: { mode: 'verify-ca', caPem: pem('BBBB') } }),
    );
  });

  it('stays the same for what has no say in where a password goes', () => {
    expect(
      hashOf({
        name: 'Renamed',
        color: 'red',
        environment: 'production',
        readOnly: true,
        timeouts: { connectMs: 1_000, queryMs: 1_000, idleInTransactionMs: 1_000, slowStatementMs: 1 },
      }),
    ).toBe(hashOf());
  });

  it('takes two spellings of one host as the same', () => {
    expect(hashOf({ host: 'DB.Example.TEST' })).toBe(hashOf());
    expect(hashOf({ host: '[FE80::1]' })).toBe(hashOf({ host: 'fe80::1' }));
  });

  it('lets the demo server take another port, and only the port', () => {
    const demo = hashOf({ origin: 'demo', host: '127.0.0.1', port: 5432 });
    expect(hashOf({ origin: 'demo', host: '127.0.0.1', port: 61_000 })).toBe(demo);
    expect(hashOf({ origin: 'demo', host: '10.0.0.1', port: 5432 })).not.toBe(demo);
  });
});
