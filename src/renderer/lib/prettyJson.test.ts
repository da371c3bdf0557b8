import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJsonText } from './prettyJson.ts';

describe('prettyJsonText', () => {
  it('writes as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const compact = JSON.stringify(value);
        const indented = JSON.stringify(value, null, 2);
        expect(prettyJsonText(compact)).toBe(indented);
        expect(prettyJsonText(indented)).toBe(indented);
      }),
    );
  });

  it('keeps digits, duplicate names and escapes exactly', () => {
    const text =
      '{"id":9223372036854775807,"amt":99999999999999.99,"n":1.50,"m":1e400,"z":-0,"a":"\\u00e9","a":"\\""}';
    expect(prettyJsonText(text)).toBe(
      '{\n  "id": 9223372036854775807,\n  "amt": 99999999999999.99,\n  "n": 1.50,\n  "m": 1e400,\n  "z": -0,\n  "a": "\\u00e9",\n  "a": "\\""\n}',
    );
  });

  it('leaves empty objects and lists on their line', () => {
    expect(prettyJsonText('[{},[ ],{"a":{}}]')).toBe('[\n  {},\n  [],\n  {\n    "a": {}\n  }\n]');
  });

  it('ignores a byte order mark', () => {
    expect(prettyJsonText('\uFEFF[1]')).toBe('[\n  1\n]');
  });

  it.each(['', '<html>', '{"a":1', '[1}', 'nope', '{"a":tru}'])('has no form for %j', (text) => {
    expect(prettyJsonText(text)).toBeNull();
  });

  it('writes what there is of a text that was cut', () => {
    expect(prettyJsonText('[{"a":1},{"b":"x', { isCut: true })).toBe(
      '[\n  {\n    "a": 1\n  },\n  {\n    "b": "x',
    );
  });

  it('has no form for what is too deep, or would grow without bounds', () => {
    expect(prettyJsonText('['.repeat(100_000), { isCut: true })).toBeNull();
    const wide = `${'['.repeat(190)}${'1,'.repeat(200_000)}1${']'.repeat(190)}`;
    expect(prettyJsonText(wide)).toBeNull();
  });
});
