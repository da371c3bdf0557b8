import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../../../../tests/support/connectionTexts.ts';
import { configParts, itReadsBack } from '../../../../../tests/support/connectionUrlProperties.ts';
import { defaultTimeoutSettings } from '../../../model/poolSettings.ts';
import type { PostgresConfig } from '../config.ts';
import { postgresForm } from '../form.ts';
import { postgresCodec } from './codec.ts';
import { urlOf } from './urlOf.ts';

const timeouts = defaultTimeoutSettings;

const configWith = (overrides: Partial<PostgresConfig> = {}): PostgresConfig => ({
  ...{ host: 'db.example.com', port: 5433, database: 'shop', user: 'ann' },
  tls: { mode: 'disable', caPem: null },
  ...overrides,
});

describe('urlOf', () => {
  it('leaves the password out unless it is given, and names no more than libpq knows', () => {
    const config = configWith();
    expect(urlOf(config, timeouts, null)).toBe('postgresql://ann@db.example.com:5433/shop?sslmode=disable');
    expect(urlOf(config, timeouts, "p@ss:w/rd'!")).toBe(
      'postgresql://ann:p%40ss%3Aw%2Frd%27%21@db.example.com:5433/shop?sslmode=disable',
    );
  });

  it.each([
    ['disable', null, 'sslmode=disable'],
    ['encrypt', null, 'sslmode=require'],
    ['verify-ca', 'PEM', 'sslmode=verify-ca'],
    ['verify-full', 'PEM', 'sslmode=verify-full'],
    ['verify-full', null, 'sslmode=verify-full&sslrootcert=system'],
  ] as const)('asks psql 16 for the TLS that Mooring uses: %s with authority %s', (mode, caPem, query) => {
    const url = urlOf(configWith({ tls: { mode, caPem } }), timeouts, null);
    expect(url.split('?')[1]).toBe(query);
  });

  it.each<[Partial<PostgresConfig>, string]>([
    [{ socketFolder: '/var/run/postgresql', port: 5432 }, '%2Fvar%2Frun%2Fpostgresql:5432/shop'],
    [
      {
        otherHosts: [{ host: '[::1]', port: 5434 }],
        targetSession: 'read-write',
        balanceHosts: true,
      },
      'db.example.com:5433,[::1]:5434/shop?sslmode=disable&target_session_attrs=read-write&load_balance_hosts=random',
    ],
  ])('has sockets and hosts as libpq has them, and reads them back: %j', (changes, rest) => {
    const config = configWith(changes);
    const url = urlOf(config, timeouts, null);
    expect(url).toBe(`postgresql://ann@${rest}`);
    const reading = readAny(url);
    const values = { ...postgresForm.valuesOf(null), ...(reading.ok && reading.values) };
    const { host: _host, ...place } = postgresForm.configOf(values as never);
    expect(place).toEqual((({ host: _own, ...others }) => others)(config));
  });

  it('names a connect time-out that is not the usual one, in whole seconds', () => {
    const url = urlOf(configWith(), { ...timeouts, connectMs: 4_500 }, null);
    expect(url).toMatch(/&connect_timeout=5$/);
  });

  it.each([
    ['::1', '[::1]'],
    ['[::1]', '[::1]'],
    ['fe80::1%eth0', '[fe80::1%eth0]'],
    ['[fe80::1%25]', '[fe80::1%25]'],
    ['127.0.0.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('reaches the same host again: %s', (host, expected) => {
    const parsed = readAny(urlOf(configWith({ host }), timeouts, null));
    expect(parsed).toMatchObject({ ok: true, values: { host: expected } });
  });

  const { host, port, name, tls } = configParts;
  const config = fc.record<PostgresConfig>({ host, port, database: name, user: name, tls });
  itReadsBack(postgresCodec, postgresForm, config, ['host', 'port', 'database', 'user', 'tlsMode', 'caPem']);
});
