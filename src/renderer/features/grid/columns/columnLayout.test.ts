import { describe, expect, it } from 'vitest';
import {
  columnAt,
  firstLayout,
  geometryOf,
  mostColumnsIn,
  withAllShown,
  withFrozen,
  withHidden,
  withMoved,
  withWidth,
} from './columnLayout.ts';

const layout = firstLayout([100, 50, 200, 80]);

describe('columnLayout', () => {
  it('finds the column at a place, and the nearest one outside', () => {
    const geometry = geometryOf(layout);
    expect([-5, 0, 99, 100, 149, 150, 900].map((x) => columnAt(geometry, x))).toEqual([0, 0, 0, 1, 1, 2, 3]);
  });

  it('moves a column and keeps the others in order', () => {
    expect(withMoved(layout, 0, 2).order).toEqual([1, 2, 0, 3]);
    expect(withMoved(layout, 3, 0).order).toEqual([3, 0, 1, 2]);
  });

  it('freezes a column that is moved among the frozen ones', () => {
    const frozen = withFrozen(layout, 2);
    expect(withMoved(frozen, 3, 0).frozenCount).toBe(3);
    expect(withMoved(frozen, 0, 3).frozenCount).toBe(1);
    expect(withMoved(frozen, 0, 1).frozenCount).toBe(2);
  });

  it('hides columns, never the last one, and shows them again where they belong', () => {
    const hidden = withHidden(layout, new Set([1, 3]));
    expect(hidden.order).toEqual([0, 2]);
    expect(withHidden(layout, new Set([0, 1, 2, 3]))).toBe(layout);
    expect(withAllShown(hidden).order).toEqual([0, 1, 2, 3]);
  });

  it('leaves a column that can be scrolled when columns are frozen', () => {
    expect(withFrozen(layout, 9).frozenCount).toBe(3);
  });

  it('makes no column so narrow that it cannot be found again', () => {
    expect(withWidth(layout, 0, -30).widths[0]).toBe(40);
  });

  it('counts the most columns that a view can show a part of', () => {
    const geometry = geometryOf(firstLayout([300, 300, 40, 40, 40, 300]));
    // A sliver of the wide one, three narrow ones, and a sliver of the next.
    expect(mostColumnsIn(geometry, 122)).toBe(5);
    expect(mostColumnsIn(geometry, 120)).toBe(4);
  });
});
