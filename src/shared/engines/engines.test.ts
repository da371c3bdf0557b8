import { describe, expect, it } from 'vitest';
import {
  addressTextOf,
  defaultSchemaOf,
  endpointOf,
  engineKinds,
  engineOf,
  formValuesOf,
  loginTextOf,
  settingsOfForm,
} from './engines.ts';
import { placeText } from './hostText.ts';
import type { EngineKind, EngineSettings } from './settings.ts';

const tls = { mode: 'verify-full', caPem: null } as const;
const postgres = (host: string): EngineSettings => ({
  kind: 'postgres',
  config: { host, port: 5432, database: 'shop', user: 'ann', tls },
});
const mysql = (changes: object = {}): EngineSettings => ({
  kind: 'mysql',
  config: {
    host: 'db',
    port: 3306,
    socketPath: null,
    database: 'shop',
    user: 'ann',
    tls,
    timeZone: null,
    compression: false,
    ...changes,
  },
});

describe('the address of a data source in one line', () => {
  it('puts an IPv6 address in brackets, once', () => {
    expect(['::1', '[::1]', 'db'].map((host) => addressTextOf(postgres(host)))).toEqual([
      '[::1]:5432/shop',
      '[::1]:5432/shop',
      'db:5432/shop',
    ]);
  });

  it('is that of the socket where there is one, and names no database where none is chosen', () => {
    expect(addressTextOf(mysql())).toBe('db:3306/shop');
    expect(addressTextOf(mysql({ socketPath: '/run/mysqld.sock', database: null }))).toBe('/run/mysqld.sock');
  });

  it('says who logs in', () => {
    expect(loginTextOf(postgres('db'))).toBe('ann@db:5432/shop');
    expect(loginTextOf(mysql())).toBe('ann@db:3306/shop');
  });

  it('says where a secret goes, and whether the way there has TLS', () => {
    expect(endpointOf(postgres('db'))).toMatchObject({ place: { host: 'db', port: 5432 }, tls });
    expect(endpointOf(mysql())).toMatchObject({ place: { host: 'db', port: 3306 }, tls });
    const { place, tls: ofSocket } = endpointOf(mysql({ socketPath: '/run/mysqld.sock' }));
    expect([placeText(place), ofSocket]).toEqual(['/run/mysqld.sock', null]);
    expect(placeText(endpointOf(postgres('::1')).place)).toBe('[::1]:5432');
  });
});

describe('the endpoint of several hosts', () => {
  const several = (otherHosts: readonly { host: string; port: number }[]): EngineSettings<'postgres'> => ({
    kind: 'postgres',
    config: { ...(postgres('a') as EngineSettings<'postgres'>).config, otherHosts: [...otherHosts] },
  });

  it('is that of one host, byte by byte, where there is one: what was sealed for it still opens', () => {
    const { names, otherPlaces } = endpointOf(postgres('db'));
    expect(names.map(({ value }) => value)).toEqual(['shop', 'ann']);
    expect(otherPlaces).toEqual([]);
  });

  it('names every host that can receive the password, and none can pass for a hop of a tunnel', () => {
    const { names } = endpointOf(several([{ host: 'B', port: 5433 }]));
    expect(names.at(-1)).toEqual({ label: 'Other host', value: 'or b:5433' });
  });

  it('wants encryption as soon as one of them is not on this computer', () => {
    const fields = engineOf('postgres').form.sections.flatMap((section) => section.fields);
    const suggest = fields.find(({ key }) => key === 'tlsMode')?.suggest;
    const values = engineOf('postgres').form.valuesOf(null);
    expect(suggest?.({ ...values, otherHosts: 'standby.example.com\t5432' })).toBe('verify-full');
  });
});

it('looks up unqualified names where the server does', () => {
  expect(defaultSchemaOf(postgres('db'))).toBe('public');
  expect(defaultSchemaOf(mysql())).toBe('shop');
  expect(defaultSchemaOf(mysql({ database: null }))).toBe(null);
});

describe('a name in a statement', () => {
  it('does not break out of its quotes, whatever the engine', () => {
    expect(engineOf('postgres').quote('a"b')).toBe('"a""b"');
    expect(engineOf('mysql').quote('a`b')).toBe('`a``b`');
  });
});

describe('a value in a statement', () => {
  it('does not break out of its quotes, whatever the engine', () => {
    expect(engineOf('postgres').quoteValue("it's \\'", 'text')).toBe("'it''s \\'''");
    expect(engineOf('mysql').quoteValue("it's \\'", 'text')).toBe("'it''s \\\\'''");
  });
});

/** Values of a form that are edited in another place, or follow from others. */
const hiddenValues: Partial<Record<EngineKind, readonly string[]>> = { rest: ['host', 'resources'] };

describe('the form of an engine', () => {
  it('makes the configuration that it shows', () => {
    const socket = mysql({
      socketPath: '/run/mysqld.sock',
      host: 'localhost',
      tls: { mode: 'disable', caPem: null },
    });
    for (const settings of [postgres('db'), mysql({ timeZone: '+02:00', compression: true }), socket]) {
      expect(settingsOfForm(settings.kind, formValuesOf(settings))).toEqual(settings);
    }
  });

  it('begins with a server on this computer, on the usual port', () => {
    for (const [kind, port] of [
      ['postgres', 5432],
      ['mysql', 3306],
    ] as const) {
      expect(settingsOfForm(kind, engineOf(kind).form.valuesOf(null)).config).toMatchObject({
        ...{ host: 'localhost', port, user: '', tls: { mode: 'disable', caPem: null } },
      });
    }
  });

  it('reads what was typed without the blanks around it', () => {
    const typed = { host: ' db ', port: ' 5433 ', database: ' shop ', user: ' ann ', password: '' };
    const checked = { ...typed, tlsMode: 'verify-ca', caPem: ' ' };
    const ofPostgres = { ...engineOf('postgres').form.valuesOf(null), ...checked };
    const values = { ...engineOf('mysql').form.valuesOf(null), ...checked };
    expect(settingsOfForm('postgres', ofPostgres).config).toEqual({
      ...{ host: 'db', port: 5433, database: 'shop', user: 'ann', tls: { mode: 'verify-ca', caPem: null } },
    });
    const socket = { transport: 'socket', socketPath: ' /run/mysqld.sock ', timeZone: ' ', compression: '' };
    expect(settingsOfForm('mysql', { ...values, ...socket, database: ' ' }).config).toEqual({
      ...{ host: 'localhost', port: 3306, socketPath: '/run/mysqld.sock', database: null, user: 'ann' },
      ...{ tls: { mode: 'disable', caPem: null }, timeZone: null, compression: false },
    });
  });

  it('takes no port that is not a number', () => {
    for (const port of ['', 'x', '1e3', '0x10', '5432;', '-1']) {
      const values = { ...engineOf('postgres').form.valuesOf(null), port };
      expect(settingsOfForm('postgres', values).config).toMatchObject({ port: Number.NaN });
    }
  });

  it('keeps an authority only where certificates are checked, and takes an unknown mode for the safest', () => {
    const tlsOf = (tlsMode: string, caPem: string) =>
      settingsOfForm('postgres', { ...engineOf('postgres').form.valuesOf(null), tlsMode, caPem }).config.tls;
    expect(tlsOf('verify-full', 'pem')).toEqual({ mode: 'verify-full', caPem: 'pem' });
    expect(tlsOf('verify-ca', 'pem')).toEqual({ mode: 'verify-ca', caPem: 'pem' });
    expect(tlsOf('encrypt', 'pem')).toEqual({ mode: 'encrypt', caPem: null });
    expect(tlsOf('disable', 'pem')).toEqual({ mode: 'disable', caPem: null });
    expect(tlsOf('no such mode', '')).toEqual({ mode: 'verify-full', caPem: null });
  });

  it.each<[EngineKind, object, readonly string[]]>([
    [
      'postgres',
      { tlsMode: 'disable' },
      [
        ...['transport', 'host', 'port', 'database', 'otherHosts'],
        ...['user', 'passwordSource', 'password', 'tlsMode', 'network'],
      ],
    ],
    [
      'postgres',
      { tlsMode: 'verify-ca' },
      [
        ...['transport', 'host', 'port', 'database', 'otherHosts', 'user', 'passwordSource', 'password'],
        ...['tlsMode', 'caPem', 'caFile'],
        ...['clientCertificate', 'tlsMinVersion', 'channelBinding', 'tlsNegotiation', 'sni', 'network'],
      ],
    ],
    [
      'postgres',
      { tlsMode: 'prefer', clientCertificate: 'pkcs12' },
      [
        ...['transport', 'host', 'port', 'database', 'otherHosts', 'user', 'passwordSource', 'password'],
        ...['tlsMode', 'clientCertificate', 'clientCertificatePath', 'clientKeyPassphrase'],
        ...['tlsMinVersion', 'channelBinding', 'sni', 'network'],
      ],
    ],
    [
      'postgres',
      { otherHosts: 'standby\t5432', passwordSource: 'command', tlsMode: 'disable' },
      [
        ...['transport', 'host', 'port', 'database', 'otherHosts', 'targetSession', 'balanceHosts'],
        ...['user', 'passwordSource', 'passwordCommand', 'passwordSeconds', 'tlsMode', 'network'],
      ],
    ],
    [
      'postgres',
      { transport: 'socket', passwordSource: 'file' },
      ['transport', 'socketFolder', 'port', 'database', 'user', 'passwordSource', 'passwordFile'],
    ],
    [
      'mysql',
      { transport: 'tcp', tlsMode: 'verify-full' },
      [
        ...[
          'transport',
          'host',
          'port',
          'database',
          'otherHosts',
          'user',
          'passwordSource',
          'password',
          'tlsMode',
          'caPem',
        ],
        ...['caFile', 'clientCertificate', 'tlsMinVersion', 'network', 'timeZone', 'compression'],
      ],
    ],
    [
      'mysql',
      { transport: 'socket', tlsMode: 'verify-full' },
      [
        ...['transport', 'socketPath', 'database', 'user', 'passwordSource', 'password'],
        ...['timeZone', 'compression'],
      ],
    ],
  ])('of %s with %j shows what counts', (kind, changes, shown) => {
    const { sections, valuesOf } = engineOf(kind).form;
    const values = { ...valuesOf(null), ...changes };
    const fields = sections.flatMap((section) => section.fields);
    expect(fields.filter(({ isShown }) => isShown?.(values) ?? true).map(({ key }) => key)).toEqual(shown);
  });

  it('suggests the TLS mode for the host', () => {
    const fields = engineOf('postgres').form.sections.flatMap((section) => section.fields);
    const suggest = fields.find(({ key }) => key === 'tlsMode')?.suggest;
    const values = engineOf('postgres').form.valuesOf(null);
    expect(suggest?.({ ...values, host: 'db.example.com' })).toBe('verify-full');
    expect(suggest?.(values)).toBe('disable');
  });

  it('shows a configuration, but no secret', () => {
    const both = { host: 'db', user: 'ann', password: '', tlsMode: 'verify-full', caPem: '' };
    expect(formValuesOf(postgres('db'))).toMatchObject({ ...both, port: '5432', database: 'shop' });
    expect(formValuesOf(mysql({ database: null }))).toMatchObject({
      ...both,
      ...{ transport: 'tcp', port: '3306', socketPath: '', database: '', timeZone: '', compression: '' },
    });
    for (const kind of engineKinds) expect(engineOf(kind).form.valuesOf(null).password).toBe('');
  });

  it.each(engineKinds)('of %s has each field once, and a secret field for each secret', (kind) => {
    const fields = engineOf(kind).form.sections.flatMap((section) => section.fields);
    const keys = fields.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const isHidden = (key: string) => hiddenValues[kind]?.includes(key) === true;
    const values = Object.keys(engineOf(kind).form.valuesOf(null));
    expect(new Set(keys)).toEqual(new Set(values.filter((key) => !isHidden(key))));
    const secrets = fields
      .filter(({ widget: { type } }) => type === 'secret' || type === 'sign-in')
      .map(({ key }) => key);
    expect(secrets.toSorted()).toEqual([...engineOf(kind).secretFields].toSorted());
  });
});
