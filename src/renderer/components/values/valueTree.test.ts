import { describe, expect, it } from 'vitest';
import { prettyJson, readArray, readJson } from './valueTree.ts';

const pretty = (text: string): string | null => {
  const node = readJson(text);
  return node === null ? null : prettyJson(node);
};

describe('readJson', () => {
  it('keeps every digit of a number, and a name that comes twice', () => {
    expect(pretty('{"n":12345678901234567890, "n":2, "p":1.10e+5}')).toBe(
      '{\n  "n": 12345678901234567890,\n  "n": 2,\n  "p": 1.10e+5\n}',
    );
  });

  it('keeps escapes as they are written', () => {
    expect(pretty('["\\u00e9\\"\\\\"]')).toBe('[\n  "\\u00e9\\"\\\\"\n]');
  });

  it.each(['1', '"1"', 'null', '[]', '{}', ' true '])('reads %s', (text) => {
    expect(pretty(text)).toBe(text.trim());
  });

  it.each(['', '{', '[1', '{"a"}', '{"a":}', '1 2', 'nil', "{'a':1}", '[1 2]', '{"a":1,,}', ']'])(
    'refuses %s',
    (text) => {
      expect(readJson(text)).toBeNull();
    },
  );

  it('refuses a value that is nested without end, instead of running out of stack', () => {
    expect(readJson('['.repeat(1_000_000))).toBeNull();
  });
});

describe('readArray', () => {
  it('reads the items of an array of PostgreSQL', () => {
    expect(readArray('{1,NULL,"a,\\"b","NULL",{x y}}')).toEqual({
      type: 'array',
      items: [
        { type: 'number', raw: '1' },
        { type: 'word', raw: 'NULL' },
        { type: 'text', raw: 'a,"b' },
        { type: 'text', raw: 'NULL' },
        { type: 'array', items: [{ type: 'text', raw: 'x y' }] },
      ],
    });
  });

  it('reads an array that begins elsewhere than at 1', () => {
    expect(readArray('[0:1]={1,2}')).toMatchObject({ type: 'array', items: [{ raw: '1' }, { raw: '2' }] });
  });

  it.each(['', 'text', '{1,2', '{1}}', '{1} {2}', 'a{1}'])('refuses %s', (text) => {
    expect(readArray(text)).toBeNull();
  });
});
