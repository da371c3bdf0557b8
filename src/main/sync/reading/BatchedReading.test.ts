import { describe, expect, it } from 'vitest';
import {
  columnsNamed,
  encodedBatches,
  encodedRows,
  FakeRowStream,
} from '../../../../tests/support/encodedRows.ts';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { ReadingPlace } from '../copy/ports.ts';
import { BatchedReading } from './BatchedReading.ts';
import { CopiedRows } from './CopiedRows.ts';
import type { CursorColumn } from './cursors.ts';
import { GrowingPlaces } from './GrowingPlaces.ts';
import { FullPlaces, nowhere, type PlaceKeeper } from './places.ts';
import { cellText } from './rowCells.ts';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => [
    String(index + 1),
    index % 3 === 0 ? null : 'x'.repeat(index % 50),
  ]);

function reading(
  stream: FakeRowStream,
  rows = 10,
  places: PlaceKeeper = new FullPlaces([0]),
  clock = new FakeClock(),
): BatchedReading {
  const size = { rows, bytes: 1_000 };
  return new BatchedReading({ warnings: [], stream, places, size, clock });
}

async function batchesOf(each: BatchedReading) {
  const batches: { readonly rows: readonly (readonly (string | null)[])[]; readonly place: ReadingPlace }[] =
    [];
  for (let batch = await each.next(); batch !== null; batch = await each.next()) {
    const { bytes, starts } = batch.rows;
    // While the next one is being read.
    await new Promise((resolve) => setImmediate(resolve));
    batches.push({
      rows: Array.from(starts, (start) => [cellText(bytes, start, 0), cellText(bytes, start, 1)]),
      place: batch.place,
    });
  }
  return batches;
}

describe('Reading in batches', () => {
  const columns = columnsNamed(['id', 'text']);

  it('gives each row once, whatever chunks they come in, and says where it stands', async () => {
    for (const chunkRows of [1, 7, 10, 64]) {
      const batches = await batchesOf(
        reading(new FakeRowStream(columns, encodedBatches(numbered(95), chunkRows))),
      );
      expect(batches.flatMap(({ rows }) => rows)).toEqual(numbered(95));
      expect(Math.max(...batches.map(({ rows }) => rows.length))).toBeLessThanOrEqual(10);
      expect(batches.at(-1)?.place).toEqual({ cursor: null, atCursor: [], after: ['95'] });
    }
  });

  it('takes a row that is larger than a batch', async () => {
    const large = ['2', 'y'.repeat(100_000)];
    const rows = [['1', ''], large, ['3', null]];
    const batches = await batchesOf(reading(new FakeRowStream(columns, [encodedRows(rows)])));
    expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
  });

  it('gives what a slow source has sent within five seconds, and never nothing', async () => {
    const clock = new FakeClock();
    const stream = new FakeRowStream(columns, encodedBatches(numbered(5), 1));
    const slow = Object.assign(stream, {
      nextEncoded: async () => {
        await clock.advance(3_000);
        return FakeRowStream.prototype.nextEncoded.call(stream);
      },
    });
    const batches = await batchesOf(reading(slow, 10, new FullPlaces([0]), clock));
    expect(batches.map(({ rows }) => rows.length)).toEqual([1, 2, 2]);
  });

  it('gives the rows before an error first', async () => {
    const stream = new FakeRowStream(columns, [...encodedBatches(numbered(20), 10), new Error('lost')]);
    const each = reading(stream);
    expect((await each.next())?.rows.starts).toHaveLength(10);
    await expect(each.next()).rejects.toThrow('lost');
    await each.close();
    expect(stream.isClosed).toBe(true);
  });
});

describe('The place in rows that grow', () => {
  const column: CursorColumn = {
    ...{ name: 'id', index: 0, kind: 'integer', lookback: 0, remembers: true },
    ...{ isBinding: true, identity: null, columnCount: 2 },
  };
  const columns = columnsNamed(['id', 'text']);
  const placesOf = async (
    rows: (string | null)[][],
    saved = { cursor: null as string | null, atCursor: [] as string[] },
  ) =>
    batchesOf(
      reading(new FakeRowStream(columns, [encodedRows(rows)]), 2, new GrowingPlaces(column, [0], saved)),
    );

  it('leaves out as many equal rows as were copied', async () => {
    const first = await placesOf([
      ['1', 'a'],
      ['2', 'b'],
      ['2', 'b'],
    ]);
    const { cursor, atCursor } = first.at(-1)?.place ?? nowhere;
    expect([cursor, atCursor.length]).toEqual(['2', 2]);
    const again = [
      ['2', 'b'],
      ['2', 'b'],
      ['2', 'b'],
      ['2', 'c'],
      ['10', 'd'],
    ];
    const second = await placesOf(again, { cursor, atCursor });
    expect(second.flatMap(({ rows }) => rows)).toEqual([
      ['2', 'b'],
      ['2', 'c'],
      ['10', 'd'],
    ]);
    expect(second.map(({ place }) => place)).toMatchObject([{ cursor: '2', after: ['2'] }, { cursor: '10' }]);
  });

  it('refuses a value behind which nothing could come', async () => {
    await expect(placesOf([['NaN', 'a']])).rejects.toMatchObject({ code: 'PIPELINE_INVALID' });
  });

  it('refuses to append when too many rows have one value, and reads them again where that does no harm', () => {
    const fill = (isBinding: boolean): CopiedRows => {
      const copied = new CopiedRows([], isBinding, 'id');
      for (let row = 0; row <= 20_000; row += 1) copied.add(String(row), '1');
      return copied;
    };
    expect(() => fill(true)).toThrow('Too many rows have the same value of the cursor');
    expect(fill(false).list).toEqual([]);
  });
});
