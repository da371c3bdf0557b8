import { describe, expect, it } from 'vitest';
import { AppError } from './AppError.ts';
import { outcomeOf } from './statementKinds.ts';

describe('outcomeOf', () => {
  it.each([
    ['QUERY_TIMEOUT', 'timeout'],
    ['QUERY_CANCELLED', 'cancelled'],
    ['CANCELLED', 'cancelled'],
    ['CONNECTION_LOST', 'error'],
  ] as const)('takes %s for %s', (code, outcome) => {
    expect(outcomeOf(new AppError(code, { title: 'No' }))).toBe(outcome);
  });

  it('takes whatever else was thrown for an error', () => {
    expect(outcomeOf(Object.assign(new Error('No'), { code: 'CANCELLED' }))).toBe('error');
  });
});
