import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWord, sqlOutline } from './sqlOutline.ts';

const pieces = fc.constantFrom(...[...`'"$\n\\ex 1é`, '$a$', '/*', '*/', '--']);
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));

describe('sqlOutline', () => {
  it.each([
    ["  -- it's\n/* a /* nested */ 'b */ select\t1", 'SELECT 1'],
    [`set x to 'read write' -- read write`, `SET X TO '`],
    [`select "read write"`, 'SELECT "'],
    [String.raw`select e'it\'s' || 'C:\' || b`, `SELECT ' || ' || B`],
    ['do $$ begin; $x$ end; $$', `DO '`],
    ['do $a1$ $$ ; $a$ $a1$ language plpgsql', `DO ' LANGUAGE PLPGSQL`],
    ['select stock$q$one', 'SELECT STOCK$Q$ONE'],
    ['select $1, x', 'SELECT $1, X'],
    ["select 'never closed", `SELECT '`],
    ['select 1 /* never closed', 'SELECT 1'],
  ])('of %j is %j', (text, outline) => {
    expect(sqlOutline(text, false)).toBe(outline);
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(sqlOutline(text, false).length).toBeLessThanOrEqual(text.length * 3);
      }),
    );
  });
});

describe('firstWord', () => {
  it('is that of the outline, for any text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(firstWord(text)).toBe(/^\w+/.exec(sqlOutline(text, false))?.[0] ?? '');
      }),
      { numRuns: 2_000 },
    );
    expect(firstWord('-- a\n/* b */ Copy\u00a0x')).toBe('COPY');
  });
});
