import { describe, expect, it } from 'vitest';
import { quoteRelation } from './postgresDialect.ts';

describe('quoteRelation', () => {
  it('lets no name end its own quotes', () => {
    expect(quoteRelation({ schema: 'a"; DROP TABLE b; --', name: 'User' })).toBe(
      '"a""; DROP TABLE b; --"."User"',
    );
  });
});
