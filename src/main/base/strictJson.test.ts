import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonRefused, parseStrictJson } from './strictJson.ts';

const refusal = async (text: string): Promise<string> => {
  const error: unknown = await parseStrictJson(text).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof JsonRefused)) throw new Error(`Expected a refusal, got ${String(error)}`);
  return error.message;
};

describe('parseStrictJson', () => {
  it('reads whatever JSON.stringify writes, compact or indented', async () => {
    const value = fc
      .jsonValue({ maxDepth: 6 })
      .filter((some) => !JSON.stringify(some).includes('"__proto__"'));
    await fc.assert(
      fc.asyncProperty(value, fc.nat({ max: 4 }), async (some, indent) => {
        const text = JSON.stringify(some, null, indent);
        expect(await parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('accepts nothing that JSON.parse refuses, and refuses in its own words', async () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '1', '-', '01', '1.', '.5', '1e', 'true', 'nul'],
      ...[' ', '\n', '\u00a0', '\ufeff', '\u2028', '"\u0001"', '"\\x"', '"\\u12"', '//'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
        const text = parts.join('');
        const read = await parseStrictJson(text).catch((error: unknown) => error);
        if (read instanceof JsonRefused) return;
        expect(read).toEqual(JSON.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['{"a": 1,\n "a": 2}', 'Line 2, column 2: a key stands twice in the same object.'],
    ['{"a": {"b": 1, "\\u0062": 2}}', 'Line 1, column 16: a key stands twice in the same object.'],
    ['{"__proto__": {"x": 1}}', 'Line 1, column 2: a key has a forbidden name.'],
    ['{"a": [1, 2', 'Line 1, column 12: the text ends too early.'],
    ['{"a"', 'Line 1, column 5: the text ends too early.'],
    ['{"a": "abc', 'Line 1, column 7: a text in quotes does not end.'],
    ['{"a": "abc\\"', 'Line 1, column 7: a text in quotes does not end.'],
    ['[1]\n\n secret', 'Line 3, column 2: something follows after the end.'],
    ['', 'Line 1, column 1: the text ends too early.'],
    ['[1,]', 'Line 1, column 4: unexpected text.'],
  ])('says where %j is wrong, and repeats nothing of it', async (text, message) => {
    expect(await refusal(text)).toBe(message);
  });

  it.each([
    ['objects', '{"a":'],
    ['arrays', '['],
  ])('refuses %s that are nested 100,000 deep', async (_what, opening) => {
    expect(await refusal(opening.repeat(100_000))).toContain('nested deeper than 32 levels');
  });

  it.each([
    ['blanks', `[${' '.repeat(16e6)}1]`],
    ['digits', `[${'1'.repeat(16e6)}]`],
    ['backslashes', `["${'\\'.repeat(16e6)}"]`],
    ['text', `["${'a'.repeat(16e6)}"]`],
  ])('survives 16 million %s', async (_what, text) => {
    await expect(parseStrictJson(text)).resolves.toHaveLength(1);
  });

  it('lets others run while it reads a long text', async () => {
    let turnCount = 0;
    let isReading = true;
    const others = (async () => {
      for (; isReading; turnCount += 1) await nextTurn();
    })();
    await parseStrictJson(`[${'1,'.repeat(1_000_000)}1]`);
    isReading = false;
    await others;
    expect(turnCount).toBeGreaterThan(20);
  });
});
