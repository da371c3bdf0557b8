import { describe, expect, it } from 'vitest';
import type { FiringAlert, PastAlert } from '../../../shared/model/alerts.ts';
import { alertRows } from './alertRows.ts';
import { everyAlert } from './createPastAlertsStore.ts';

const [orders, shop] = [crypto.randomUUID(), crypto.randomUUID()];
const firing = (id: number, overrides: Partial<FiringAlert> = {}): FiringAlert => ({
  ...{
    id,
    kind: 'down',
    subjectId: orders,
    subjectName: 'Orders',
    value: null,
    threshold: null,
    detail: null,
  },
  ...{ startedAt: id, snoozedUntil: null },
  ...overrides,
});
const past = (id: number): PastAlert => {
  const { snoozedUntil: _, ...alert } = firing(id);
  return { ...alert, endedAt: id + 1, end: 'cleared' };
};
const ids = (...input: Parameters<typeof alertRows>) => alertRows(...input).map(({ id }) => id);

describe('the rows of the list of alerts', () => {
  it('have those that fire above all others, however old they are', () => {
    expect(ids([firing(2)], [past(9), past(1)], everyAlert)).toEqual(['2', '9', '1']);
  });

  it('have an alert once while its end is on the way', () => {
    expect(ids([firing(2)], [past(2), past(1)], everyAlert)).toEqual(['2', '1']);
  });

  it('have of those that fire only what is wanted', () => {
    const all = [firing(3, { kind: 'error-rate' }), firing(2, { subjectId: shop }), firing(1)];
    expect(ids(all, [], { kind: 'down', subjectId: null })).toEqual(['2', '1']);
    expect(ids(all, [], { kind: null, subjectId: orders })).toEqual(['3', '1']);
    expect(ids(all, [], { kind: 'error-rate', subjectId: shop })).toEqual([]);
  });
});
