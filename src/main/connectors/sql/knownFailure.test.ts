import { describe, expect, it } from 'vitest';
import { failed, titleOf } from './knownFailure.ts';

const failure = failed('A key is taken', [], [], { named: 'A key of {table} is taken ({constraint})' });

describe('titleOf', () => {
  it('has the names that the server gave', () => {
    expect(titleOf(failure, { table: 'items', constraint: 'items_pkey' })).toBe(
      'A key of items is taken (items_pkey)',
    );
  });

  it('is the general one when a name is missing', () => {
    for (const table of [undefined, null, '', '\u202e']) {
      expect(titleOf(failure, { table, constraint: 'items_pkey' })).toBe('A key is taken');
    }
  });

  it('is cut and cleaned, and never filled in twice, whatever the names are', () => {
    const title = titleOf(failure, { table: `{constraint}${'x'.repeat(500)}`, constraint: 'a\u001b[31m\nb' });
    expect(title.length).toBeLessThan(200);
    expect(title).toContain('{constraint}xxx');
    expect(title).toContain('(a b)');
  });
});
