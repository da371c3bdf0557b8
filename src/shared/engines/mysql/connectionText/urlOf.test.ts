import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../../../../tests/support/connectionTexts.ts';
import { configParts, itReadsBack } from '../../../../../tests/support/connectionUrlProperties.ts';
import { defaultTimeoutSettings } from '../../../model/poolSettings.ts';
import type { MysqlConfig } from '../config.ts';
import { mysqlForm } from '../form.ts';
import { mysqlCodec } from './codec.ts';
import { urlOf } from './urlOf.ts';

const timeouts = defaultTimeoutSettings;

const configWith = (overrides: Partial<MysqlConfig> = {}): MysqlConfig => ({
  ...{ host: 'db.example.com', port: 3307, socketPath: null, database: 'shop', user: 'ann' },
  ...{ tls: { mode: 'disable', caPem: null }, timeZone: null, compression: false },
  ...overrides,
});

describe('urlOf', () => {
  it('leaves the password out unless it is given', () => {
    expect(urlOf(configWith(), timeouts, null)).toBe(
      'mysql://ann@db.example.com:3307/shop?ssl-mode=DISABLED',
    );
    expect(urlOf(configWith(), timeouts, "p@ss:w/rd'!")).toBe(
      'mysql://ann:p%40ss%3Aw%2Frd%27%21@db.example.com:3307/shop?ssl-mode=DISABLED',
    );
  });

  it.each([
    ['disable', 'DISABLED'],
    ['encrypt', 'REQUIRED'],
    ['verify-ca', 'VERIFY_CA'],
    ['verify-full', 'VERIFY_IDENTITY'],
  ] as const)('asks MySQL Shell for the TLS that Mooring uses: %s is %s', (mode, word) => {
    const url = urlOf(configWith({ tls: { mode, caPem: null } }), timeouts, null);
    expect(url.split('?')[1]).toBe(`ssl-mode=${word}`);
  });

  it('names a connect time-out that is not the usual one, and compression', () => {
    const url = urlOf(configWith({ compression: true }), { ...timeouts, connectMs: 4_500 }, null);
    expect(url.split('?')[1]).toBe('ssl-mode=DISABLED&connect-timeout=5&compression=PREFERRED');
    expect(readAny(url)).toMatchObject({ timeouts: { connectMs: 5_000 }, values: { compression: 'on' } });
  });

  it('has all hosts, which are read back', () => {
    const url = urlOf(configWith({ otherHosts: [{ host: '::1', port: 3306 }] }), timeouts, null);
    expect(url).toBe('mysql://ann@db.example.com:3307,[::1]:3306/shop?ssl-mode=DISABLED');
    expect(readAny(url)).toMatchObject({ values: { host: 'db.example.com', otherHosts: '[::1]\t3306' } });
  });

  it('has a socket in the place of the host, where no program takes it for a port', () => {
    const url = urlOf(configWith({ socketPath: '/run/mysqld/mysqld.sock', database: null }), timeouts, 'pw');
    expect(url).toBe('mysql://ann:pw@%2Frun%2Fmysqld%2Fmysqld.sock/');
  });

  it.each([
    ['::1', '[::1]'],
    ['fe80::1%eth0', '[fe80::1%eth0]'],
    ['127.0.0.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('reaches the same host again: %s', (host, expected) => {
    expect(readAny(urlOf(configWith({ host }), timeouts, null))).toMatchObject({
      values: { host: expected },
    });
  });

  const { host, port, name, tls } = configParts;
  const common = {
    database: fc.oneof(name, fc.constant(null)),
    user: name,
    timeZone: fc.constant(null),
    compression: fc.boolean(),
  };
  const overTcp = fc.record<MysqlConfig>({ host, port, socketPath: fc.constant(null), tls, ...common });
  const overSocket = fc.record<MysqlConfig>({
    host: fc.constant('localhost'),
    port: fc.constant(3_306),
    socketPath: name.map((path) => `/${path}`.slice(0, 107)).filter((path) => path.trimEnd() === path),
    tls: fc.constant({ mode: 'disable' as const, caPem: null }),
    ...common,
  });
  itReadsBack(mysqlCodec, mysqlForm, fc.oneof(overTcp, overSocket), [
    ...(['transport', 'host', 'port', 'socketPath', 'database', 'user', 'tlsMode', 'caPem'] as const),
  ]);
});
