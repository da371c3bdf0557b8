import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueAt } from './jsonPath.ts';

describe('A path into JSON', () => {
  const text =
    '{ "a": [ {"b": 12345678901234567890.10}, "x\\u00e9\\"y", null ], "a\\nb": true, "c": {"d": "e"} }';

  it('finds values with all their digits, texts without their quotes', () => {
    expect(valueAt(text, ['a', '0', 'b'], false)).toBe('12345678901234567890.10');
    expect(valueAt(text, ['a', '1'], false)).toBe('xé"y');
    expect(valueAt(text, ['a', '1'], true)).toBe('"x\\u00e9\\"y"');
    expect(valueAt(text, ['a\nb'], false)).toBe('true');
    expect(valueAt(text, ['c'], false)).toBe('{"d": "e"}');
  });

  it('is NULL where there is nothing, or null', () => {
    for (const path of [['a', '2'], ['a', '7'], ['a', '-1'], ['x'], ['c', 'd', 'e'], ['__proto__']]) {
      expect(valueAt(text, path, false)).toBeNull();
    }
  });

  it('takes the last of equal keys, as databases do', () => {
    expect(valueAt('{"a":{"b":1},"a":{"b":2}}', ['a', 'b'], false)).toBe('2');
    expect(valueAt('{"a":{"b":1},"a":{}}', ['a', 'b'], false)).toBeNull();
  });

  it('rejects what is no JSON', () => {
    for (const broken of [
      '',
      '{',
      '{"a":1',
      '{"a" 1}',
      '[1,]',
      '{"a":1} x',
      '{"a":01}',
      `${'['.repeat(5_000)}`,
    ]) {
      expect(valueAt(broken, ['b'], false)).toHaveProperty('refused');
    }
  });

  it('agrees with the parser of the platform', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.constantFrom('0', 'a', ''), (json, key) => {
        const parsed: unknown = JSON.parse(json);
        const isOwn = typeof parsed === 'object' && parsed !== null && Object.hasOwn(parsed, key);
        const expected: unknown = isOwn ? Reflect.get(parsed, key) : null;
        const found = valueAt(json, [key], true);
        expect(typeof found === 'string' ? JSON.parse(found) : found).toEqual(expected);
      }),
    );
  });
});
