import { describe, expect, it } from 'vitest';
import { chartData, indexAt, type LineOf, loneIndexes, measuredIndexes, movedTime } from './chartData.ts';
import { chartSummary } from './chartSummary.ts';

interface Point {
  readonly at: number;
  readonly inUse: number;
  readonly health: number | null;
}

const point = (at: number, inUse: number, health: number | null = null): Point => ({ at, inUse, health });
const inUse: LineOf<Point> = { key: 'a', label: 'in use', color: '--x', read: (one) => one.inUse };
const health: LineOf<Point> = { key: 'b', label: 'round trip', color: '--y', read: (one) => one.health };

describe('chartData', () => {
  it('makes one column for the times and one for each line', () => {
    expect(chartData([point(1_000, 1, 5), point(2_000, 2)], [inUse, health], 1_000)).toEqual([
      [1, 2],
      [1, 2],
      [5, null],
    ]);
  });

  it('draws no line across a time in which nothing was measured, however long the steps are', () => {
    const points = [point(1_000, 1), point(11_000, 2), point(60_000, 3)];
    expect(chartData(points, [inUse], 10_000)).toEqual([
      [1, 11, 11.001, 60],
      [1, 2, null, 3],
    ]);
    expect(chartData(points, [inUse], 1_000)[1]).toEqual([1, null, 2, null, 3]);
  });
});

describe('indexAt', () => {
  const times = [100, 101, 102, 110];

  it('finds the nearest point', () => {
    expect(indexAt(times, 101.4, 1_000)).toBe(1);
    expect(indexAt(times, 101.6, 1_000)).toBe(2);
    expect(indexAt(times, 111, 1_000)).toBe(3);
    expect(indexAt(times, 106.5, 10_000)).toBe(3);
  });

  it('finds nothing where nothing was measured: before the first point and in a gap', () => {
    expect(indexAt(times, 60, 1_000)).toBeNull();
    expect(indexAt(times, 106, 1_000)).toBeNull();
    expect(indexAt([], 100, 1_000)).toBeNull();
  });
});

describe('the cursor by key', () => {
  const data = chartData([point(1_000, 1), point(2_000, 2), point(60_000, 3)], [inUse], 1_000);
  const span = { from: 0, to: 60_000 };

  it('begins at the end that the key comes from, and goes from one measured point to the next', () => {
    expect(movedTime(data, null, -1, span)).toBe(60);
    expect(movedTime(data, null, 1, span)).toBe(1);
    expect(movedTime(data, 60, -1, span)).toBe(2);
    expect(movedTime(data, 2, 1, span)).toBe(60);
    expect(movedTime(data, 1.6, 1, span)).toBe(60);
  });

  it('stops at both ends of what is shown', () => {
    expect(movedTime(data, 60, 1, span)).toBe(60);
    expect(movedTime(data, 2, -10, span)).toBe(1);
    expect(movedTime(data, 60, Number.NEGATIVE_INFINITY, span)).toBe(1);
    expect(movedTime(data, 1, Number.POSITIVE_INFINITY, span)).toBe(60);
    expect(movedTime(data, 2, -1, { from: 1_500, to: 60_000 })).toBe(2);
  });

  it('has nowhere to go where nothing was measured', () => {
    expect(movedTime(data, null, 1, { from: 10_000, to: 20_000 })).toBeNull();
  });
});

describe('measuredIndexes', () => {
  it('leaves out the breaks, and moments at which no line has a value', () => {
    const points = [point(1_000, 1, null), point(2_000, 1, 4), point(9_000, 1, 5)];
    expect(measuredIndexes(chartData(points, [health], 1_000))).toEqual([1, 3]);
  });
});

describe('loneIndexes', () => {
  it('finds the points that a line alone would not show', () => {
    expect(loneIndexes([5, null, 7, 8, null, 9])).toEqual([0, 5]);
    expect(loneIndexes([null, 3, null])).toEqual([1]);
    expect(loneIndexes([1, 2])).toEqual([]);
  });
});

describe('chartSummary', () => {
  it('says in words what the chart shows', () => {
    const data = chartData([point(1_000, 1), point(2_000, 4), point(3_000, 2)], [inUse, health], 1_000);
    expect(chartSummary('Connections', data, [inUse, health], String)).toBe(
      'Connections: in use now 2, between 1 and 4.',
    );
    expect(chartSummary('Connections', chartData([], [inUse], 1_000), [inUse], String)).toBe(
      'Connections: no measurements in this time range.',
    );
  });
});
