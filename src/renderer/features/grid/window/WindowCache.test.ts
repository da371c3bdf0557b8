import { describe, expect, it } from 'vitest';
import { settle } from '../../../../../tests/support/settle.ts';
import type { ResultWindow, WindowInput } from '../../../../shared/model/results.ts';
import { pageColumnCount, pageRowCount } from './pages.ts';
import { WindowCache } from './WindowCache.ts';

interface Asked {
  readonly input: WindowInput;
  readonly signal: AbortSignal;
  readonly answer: (window: ResultWindow) => void;
  readonly fail: (error: Error) => void;
}

const resultId = '00000000-0000-4000-8000-000000000000';

/** Rows whose cells say where they are. */
function windowOf({ fromRow, rowCount, fromColumn, columnCount }: WindowInput, total: number): ResultWindow {
  const count = Math.max(0, Math.min(rowCount, total - fromRow));
  const rows = Array.from({ length: count }, (_, row) =>
    Array.from({ length: columnCount }, (__, column) => `${fromRow + row}:${fromColumn + column}`),
  );
  return { rows, positions: null };
}

function cacheOf({ columnCount = 20, maxLetterCount = 1_000_000 } = {}) {
  const asked: Asked[] = [];
  const failures: unknown[] = [];
  let arrivals = 0;
  const cache = new WindowCache({
    resultId,
    viewId: null,
    columnCount,
    maxLetterCount,
    read: (input, signal) =>
      new Promise((answer, fail) => {
        asked.push({ input, signal, answer, fail });
      }),
    onArrival: () => {
      arrivals += 1;
    },
    onFailure: (error) => failures.push(error),
  });
  const want = (firstRow: number, columns: readonly number[] = [0], direction: -1 | 0 | 1 = 0): void =>
    cache.want({ firstRow, lastRow: firstRow + 30, columns, direction });
  return { cache, asked, failures, want, arrivals: () => arrivals };
}

describe('WindowCache', () => {
  it('reads the page of a cell once, and has its cells then', async () => {
    const { cache, asked, want, arrivals } = cacheOf();
    cache.setRowCount(1_000);
    want(110);
    want(115);
    expect(asked.map(({ input }) => input.fromRow)).toEqual([pageRowCount]);
    expect(cache.cellAt(120, 3)).toBeUndefined();
    asked[0]?.answer(windowOf(asked[0].input, 1_000));
    await settle();
    expect(cache.cellAt(120, 3)).toBe('120:3');
    expect(arrivals()).toBe(1);
    want(120);
    expect(asked).toHaveLength(1);
  });

  it('asks only for the columns in view of a wide result', () => {
    const { cache, asked, want } = cacheOf({ columnCount: 1_600 });
    cache.setRowCount(1_000);
    want(0, [700, 701, 749]);
    expect(asked.map(({ input }) => [input.fromColumn, input.columnCount])).toEqual([[700, pageColumnCount]]);
  });

  it('asks for no more columns than there are', () => {
    const { cache, asked, want } = cacheOf({ columnCount: 61 });
    cache.setRowCount(10);
    want(0, [60]);
    expect(asked[0]?.input).toMatchObject({ fromColumn: 50, columnCount: 11 });
  });

  it('gives up what was scrolled past, and ignores it when it comes after all', async () => {
    const { cache, asked, want, failures } = cacheOf();
    cache.setRowCount(1_000_000);
    want(0);
    want(500_000);
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer(windowOf(asked[0].input, 1_000_000));
    asked[1]?.fail(new Error('lost'));
    want(0);
    await settle();
    expect(cache.cellAt(0, 0)).toBeUndefined();
    expect(failures).toEqual([]);
  });

  it('never has more than a few reads under way, and goes on when one is there', async () => {
    const { cache, asked, want } = cacheOf({ columnCount: 1_000 });
    cache.setRowCount(1_000);
    want(0, [0, 60, 120, 180, 240]);
    expect(asked).toHaveLength(3);
    asked[0]?.answer(windowOf(asked[0].input, 1_000));
    await settle();
    expect(asked).toHaveLength(4);
  });

  it('asks for where the view has come to when what it flew past is answered', async () => {
    const { asked, cache, want } = cacheOf();
    cache.setRowCount(1_000_000);
    for (let page = 0; page < 50; page += 1) want(page * 1_000);
    expect(asked).toHaveLength(3);
    asked[0]?.fail(new Error('cancelled'));
    await settle();
    expect(asked.map(({ input }) => input.fromRow)).toEqual([0, 1_000, 2_000, 49_000]);
  });

  it('reads ahead in the direction of scrolling', () => {
    const { cache, asked, want } = cacheOf();
    cache.setRowCount(1_000);
    want(310, [0], 1);
    expect(asked.map(({ input }) => input.fromRow)).toEqual([300, 400]);
  });

  it('reads the last page again when rows were added to it', async () => {
    const { cache, asked, want } = cacheOf();
    cache.setRowCount(40);
    want(0);
    asked[0]?.answer(windowOf(asked[0].input, 40));
    await settle();
    expect(asked).toHaveLength(1);
    cache.setRowCount(90);
    expect(asked).toHaveLength(2);
    expect(cache.cellAt(39, 0)).toBe('39:0');
    asked[1]?.answer(windowOf(asked[1].input, 90));
    await settle();
    expect(cache.cellAt(80, 0)).toBe('80:0');
  });

  it('does not ask for ever for rows that are not there', async () => {
    const { cache, asked, want } = cacheOf();
    cache.setRowCount(100);
    want(0);
    asked[0]?.answer(windowOf(asked[0].input, 60));
    await settle();
    want(0);
    expect(asked).toHaveLength(1);
  });

  it('reports a page that cannot be read, and reads it again on demand', async () => {
    const { cache, asked, want, failures } = cacheOf();
    cache.setRowCount(100);
    want(0);
    asked[0]?.fail(new Error('gone'));
    await settle();
    expect(failures).toHaveLength(1);
    expect(asked).toHaveLength(1);
    cache.retry();
    expect(asked).toHaveLength(2);
  });

  it('drops the pages that were not looked at for longest, and none in view', async () => {
    const { cache, asked, want } = cacheOf({ maxLetterCount: 40_000 });
    cache.setRowCount(100_000);
    for (let page = 0; page < 6; page += 1) {
      want(page * pageRowCount);
      asked[page]?.answer(windowOf(asked[page]?.input ?? never(), 100_000));
      await settle();
    }
    expect(cache.cellAt(5 * pageRowCount, 0)).toBeDefined();
    expect(cache.cellAt(0, 0)).toBeUndefined();
  });
});

function never(): never {
  throw new Error('not asked');
}
