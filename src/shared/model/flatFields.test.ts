import { describe, expect, it } from 'vitest';
import { fieldsOfFlat, isFlat } from './flatFields.ts';

const flat = {
  kind: 'postgres',
  name: 'Shop',
  host: 'db',
  port: 5432,
  database: 'shop',
  user: 'ann',
  tls: { mode: 'disable', caPem: null },
  pool: {},
  timeouts: {},
  color: 'blue',
  environment: 'test',
  readOnly: true,
  demo: false,
};

describe('a data source as earlier versions wrote it', () => {
  it('is known by its keys, all of them and no others', () => {
    const { demo: _demo, ...withoutDemo } = flat;
    expect(isFlat(flat)).toBe(true);
    expect(isFlat({ ...flat, id: 1 })).toBe(false);
    expect(isFlat(withoutDemo)).toBe(false);
    expect(isFlat({ ...withoutDemo, id: 1 })).toBe(false);
    for (const value of [null, undefined, 'flat', 1]) expect(isFlat(value)).toBe(false);
  });

  it('becomes one of today, byte for byte', () => {
    expect(JSON.stringify(fieldsOfFlat(flat))).toBe(
      '{"name":"Shop","engine":{"kind":"postgres","config":{"host":"db","port":5432,"database":"shop","user":"ann","tls":{"mode":"disable","caPem":null}}},"origin":"personal","pool":{},"timeouts":{},"color":"blue","environment":"test","readOnly":true}',
    );
  });

  it('keeps what does not belong there, so that the schema refuses it', () => {
    expect(fieldsOfFlat({ ...flat, demo: true })).toMatchObject({ origin: 'demo' });
    expect(fieldsOfFlat({ ...flat, demo: 'yes', extra: 1 })).toMatchObject({ origin: 'yes', extra: 1 });
  });
});
