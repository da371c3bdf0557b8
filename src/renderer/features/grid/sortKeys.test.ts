import { describe, expect, it } from 'vitest';
import { toggledSort, withSortKey } from './sortKeys.ts';

describe('toggledSort', () => {
  it('goes from ascending to descending to none', () => {
    const up = toggledSort([], 2, false);
    const down = toggledSort(up, 2, false);
    expect(up).toEqual([{ column: 2, descending: false }]);
    expect(down).toEqual([{ column: 2, descending: true }]);
    expect(toggledSort(down, 2, false)).toEqual([]);
  });

  it('sorts by the clicked column alone, or by it as well with Shift', () => {
    const sort = [{ column: 0, descending: true }];
    expect(toggledSort(sort, 1, false)).toEqual([{ column: 1, descending: false }]);
    expect(toggledSort(sort, 1, true)).toEqual([...sort, { column: 1, descending: false }]);
    expect(toggledSort(sort, 0, true)).toEqual([]);
  });

  it('changes the direction of a key where it stands', () => {
    const sort = [
      { column: 0, descending: false },
      { column: 1, descending: false },
    ];
    expect(withSortKey(sort, { column: 0, descending: true })).toEqual([
      { column: 0, descending: true },
      sort[1],
    ]);
  });
});
