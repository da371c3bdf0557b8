import { describe, expect, it } from 'vitest';
import {
  addressTextOf,
  engineKinds,
  engineOf,
  formValuesOf,
  loginTextOf,
  settingsOfForm,
} from './engines.ts';
import type { EngineSettings } from './settings.ts';

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
  });
});

describe('a name in a statement', () => {
  it('does not break out of its quotes, whatever the engine', () => {
    expect(engineOf('postgres').quote('a"b')).toBe('"a""b"');
    expect(engineOf('mysql').quote('a`b')).toBe('`a``b`');
  });
});

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

  it.each(engineKinds)('of %s has each field once, and a secret field for each secret', (kind) => {
    const fields = engineOf(kind).form.sections.flatMap((section) => section.fields);
    const keys = fields.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(keys)).toEqual(new Set(Object.keys(engineOf(kind).form.valuesOf(null))));
    const secrets = fields.filter(({ widget }) => widget.type === 'secret').map(({ key }) => key);
    expect(secrets).toEqual(engineOf(kind).secretFields);
  });
});
