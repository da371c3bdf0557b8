import { describe, expect, it } from 'vitest';
import type { AppError } from '../base/AppError.ts';
import { checkPayloadSize } from './payloadSize.ts';

const limit = 1_000;

function codeOf(payload: unknown): string {
  try {
    checkPayloadSize(payload, limit);
    return 'accepted';
  } catch (error) {
    return (error as AppError).code;
  }
}

function nested(depth: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value.self = { again: value };
  return value;
}

function manyTimesTheSame(): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < 30; level += 1) value = [value, value];
  return value;
}

describe('checkPayloadSize', () => {
  it('measures what the JSON text would be, so that an honest payload of exactly the limit passes', () => {
    const payload = { name: 'Größe "€" \n', list: [1, true, null, 'x'], empty: {} };
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    const filler = 'y'.repeat(limit - bytes - 20);
    expect(codeOf({ ...payload, filler })).toBe('accepted');
    expect(codeOf({ ...payload, filler: filler.padEnd(limit, 'y') })).toBe('TOO_LARGE');
  });

  it.each([
    ['a text of 64 MB', 'x'.repeat(64 * 1024 * 1024)],
    ['a large key', { ['k'.repeat(2_000)]: 1 }],
    ['a text that is long only in bytes', '\u0001'.repeat(400)],
    ['a million elements', new Array(1_000_000).fill(0)],
    ['four thousand million holes', Object.assign([], { length: 4_294_967_295 })],
    ['nesting of 100,000 levels', nested(100_000)],
    ['one value that is reached 2^30 times', manyTimesTheSame()],
    ['bytes beside the elements of an array', Object.assign([1], { extra: 'x'.repeat(2_000) })],
  ])('refuses %s as too large', (_what, payload) => {
    expect(codeOf(payload)).toBe('TOO_LARGE');
  });

  it.each([
    ['a payload that refers to itself', cyclic()],
    ['an own __proto__ key', JSON.parse('{"__proto__": {"isAdmin": true}}')],
    ['a nested constructor key', { fields: { constructor: { prototype: {} } } }],
    ['a Map', new Map([['a', 1]])],
    ['a Date', new Date(0)],
    ['bytes', new Uint8Array(10)],
    ['a function', { run: () => undefined }],
    ['a bigint', { port: 5432n }],
  ])('refuses %s as invalid', (_what, payload) => {
    expect(codeOf(payload)).toBe('INVALID_INPUT');
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('accepts as many values and levels as it says, and no more', () => {
    const values = (count: number) => [new Array(10_000).fill(0), new Array(count).fill(0)];
    checkPayloadSize(values(20_000 - 10_003), 100_000);
    const tooLarge = expect.objectContaining({ code: 'TOO_LARGE' });
    expect(() => checkPayloadSize(values(20_000 - 10_002), 100_000)).toThrowError(tooLarge);
    expect(codeOf(nested(32))).toBe('accepted');
    expect(codeOf(nested(33))).toBe('TOO_LARGE');
  });

  it('accepts the same object in two places: that is no circle', () => {
    const shared = { a: 1 };
    expect(codeOf({ left: shared, right: shared })).toBe('accepted');
  });
});
