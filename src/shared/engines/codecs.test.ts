import { describe, expect, it } from 'vitest';
import { defaultTimeoutSettings } from '../model/poolSettings.ts';
import { connectionUrlOf, isConnectionText, profileInText, readConnectionText } from './codecs.ts';
import { engineKinds } from './engines.ts';
import { sqlLanguageOf } from './sqlLanguages.ts';

describe('the registry of the connection texts', () => {
  it('asks every engine', () => {
    expect(readConnectionText('postgres://ann@db/shop')).toMatchObject({ ok: true, kind: 'postgres' });
    expect(readConnectionText('mysql://ann@db/shop')).toMatchObject({ ok: true, kind: 'mysql' });
    expect(readConnectionText('https://api.example.com/v1')).toMatchObject({ ok: true, kind: 'rest' });
    expect(readConnectionText('oracle://ann@db/shop')).toMatchObject({ ok: false });
  });

  it.each([
    ['postgres://ann@db/shop', true],
    ['host=db user=ann', true],
    ['postgres://h1,h2/shop', true],
    ['redis://ann:pw@db', true],
    ['Orders (EU)', false],
  ])('says of %s whether it belongs where connection text is read: %s', (text, expected) => {
    expect(isConnectionText(text)).toBe(expected);
  });

  it.each([
    ['service=prod user=bob', { user: 'bob', host: 'db.example.com' }],
    ['postgresql://bob@/?service=prod', { user: 'bob', host: 'db.example.com' }],
    ['psql "service=prod host=other"', { user: 'ann', host: 'other' }],
    ['PGSERVICE=prod PGUSER=bob', { user: 'bob', host: 'db.example.com' }],
  ])('takes what a service says where the text says nothing: %s', (text, expected) => {
    expect(profileInText(text)).toEqual({ kind: 'postgres', name: 'prod' });
    const service = { host: 'db.example.com', user: 'ann', dbname: 'shop', sslmode: 'require' };
    const settings = Object.entries(service).map(([name, value]) => ({ name, value }));
    const reading = readConnectionText(text, settings);
    expect(reading).toMatchObject({
      ok: true,
      values: { ...expected, database: 'shop', tlsMode: 'encrypt' },
      leftOut: [],
    });
    expect(profileInText(text.replace('service', 'x').replace('SERVICE', 'X'))).toBeNull();
  });

  it('writes the URL of an engine, with the password only where it is given', () => {
    const config = { host: 'db', port: 5432, database: 'shop', user: 'ann' };
    const settings = {
      kind: 'postgres',
      config: { ...config, tls: { mode: 'disable', caPem: null } },
    } as const;
    const urlOf = (secrets: Readonly<Record<string, string>>) =>
      connectionUrlOf(settings, defaultTimeoutSettings, secrets);
    expect(urlOf({})).toBe('postgresql://ann@db:5432/shop?sslmode=disable');
    expect(urlOf({ password: 'pw' })).toBe('postgresql://ann:pw@db:5432/shop?sslmode=disable');
  });
});

it.each(engineKinds)('reads SQL of %s', (kind) => {
  expect(sqlLanguageOf(kind).statements('select 1; select 2')).toHaveLength(2);
});
