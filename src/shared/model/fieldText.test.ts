import { describe, expect, it } from 'vitest';
import { hostSchema, identifier, plainText, portSchema } from './fieldText.ts';

/** What is wrong with a value, in words; empty for none. */
const faults =
  (schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } } }) =>
  (value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

describe('a text that people see', () => {
  const faultsOf = faults(plainText('Name'));

  it.each(['', 'Orders, EU', 'größe', '注文 😀', 'a\u200db'])('may be %j', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    ['a\u0000', 'control'],
    ['a\tb', 'control'],
    ['\u007f', 'control'],
    ['\u009f', 'control'],
    ['a\u202eb', 'direction'],
    ['\u2069', 'direction'],
    ['\u200e', 'direction'],
    ['\u061c', 'direction'],
    ['a\u200bb', '(U+200B)'],
    ['a\u00adb', '(U+00AD)'],
    ['\ud800', 'invalid'],
    ['a\udc00b', 'invalid'],
  ])('is refused with the reason: %j', (text, words) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(words)]);
  });
});

describe('a name on a server', () => {
  const faultsOf = faults(identifier('Database', 6));

  it('may have as many bytes as the server takes, and no more', () => {
    expect(faultsOf('sechs6')).toEqual([]);
    expect(faultsOf('größe')).toEqual(['Database is longer than 6 bytes']);
    expect(faultsOf('größ')).toEqual([]);
  });

  it('is needed, and has no blank that only looks like one', () => {
    expect(faultsOf('')).toEqual(['Database is required']);
    expect(faultsOf('a b')).toEqual([]);
    expect(faultsOf('a\u00a0b')).toEqual(['Database contains an unusual space (U+00A0)']);
  });
});

describe('a host', () => {
  const faultsOf = faults(hostSchema);

  it.each([
    'db',
    'db.example.com',
    'a_b-c.example.',
    '10.0.0.7',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    '[fe80::1%eth0.2]',
    '::ffff:10.0.0.7',
    'bücher.example',
    'x'.repeat(253),
  ])('may be %s', (host) => {
    expect(faultsOf(host)).toEqual([]);
  });

  it.each([
    ['', 'required'],
    ['db:5432', 'without a port'],
    ['a b', 'without a port'],
    ['[::1]:5432', 'without a port'],
    ['[::1', 'without a port'],
    ['x[::1]', 'without a port'],
    ['db/shop', 'without a port'],
    ['ann@db', 'without a port'],
    ['a,b', 'without a port'],
    ['db;x', 'without a port'],
    ['db=x', 'without a port'],
    ['a\\b', 'without a port'],
    ['db?x', 'without a port'],
    ['db#x', 'without a port'],
    ['{db}', 'without a port'],
    ['fe80::1%', 'without a port'],
    ['fe80::1 ', 'without a port'],
    ['x'.repeat(254), '253'],
    ['d\u200bb', 'U+200B'],
  ])('is refused with the reason: %j', (host, words) => {
    expect(faultsOf(host).join()).toContain(words);
  });
});

describe('a port', () => {
  it.each([1, 5_432, 65_535])('may be %d', (port) => {
    expect(portSchema.safeParse(port).success).toBe(true);
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN, '5432'])('is not %j', (port) => {
    expect(portSchema.safeParse(port).success).toBe(false);
  });
});
