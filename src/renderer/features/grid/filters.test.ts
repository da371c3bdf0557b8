import { describe, expect, it } from 'vitest';
import type { ColumnFilter } from '../../../shared/model/results.ts';
import { withFilter } from './filters.ts';

const from: ColumnFilter = { column: 1, operator: 'at-least', value: '10' };
const to: ColumnFilter = { column: 1, operator: 'at-most', value: '20' };
const other: ColumnFilter = { column: 2, operator: 'null', value: '' };

describe('filters', () => {
  it('may be several of one column', () => {
    expect(withFilter([from], null, to)).toEqual([from, to]);
  });

  it('stay in their place when they are changed, and are taken away', () => {
    const changed = { ...from, value: '11' };
    expect(withFilter([from, other], from, changed)).toEqual([changed, other]);
    expect(withFilter([from, other], from, null)).toEqual([other]);
  });

  it('are there once', () => {
    expect(withFilter([from, other], null, { ...from })).toEqual([other, from]);
    expect(withFilter([from, to], to, { ...from })).toEqual([from]);
  });
});
