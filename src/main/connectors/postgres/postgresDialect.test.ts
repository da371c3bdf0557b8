import { describe, expect, it } from 'vitest';
import { postgresDialect, quoteRelation } from './postgresDialect.ts';

describe('quoteRelation', () => {
  it('lets no name end its own quotes', () => {
    expect(quoteRelation({ schema: 'a"; DROP TABLE b; --', name: 'User' })).toBe(
      '"a""; DROP TABLE b; --"."User"',
    );
  });
});

describe('postgresDialect', () => {
  it('begins a transaction in one statement that says only what was asked for', () => {
    const { transactions } = postgresDialect;
    expect(transactions.begin({ readOnly: false, isolation: null })).toEqual(['begin']);
    expect(transactions.begin({ readOnly: true, isolation: 'serializable' })).toEqual([
      'begin isolation level serializable read only',
    ]);
  });
});
