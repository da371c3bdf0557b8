import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { RunMessage } from '../../../shared/model/query.ts';
import type { StatementStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';
import { ResultFeed } from './ResultFeed.ts';

const nothing = { bytes: Buffer.alloc(0), starts: new Uint32Array(0) };

describe('ResultFeed', () => {
  let clock: FakeClock;
  let reported: Extract<RunMessage, { type: 'rows' }>[];
  let hasClosed: boolean;
  let rowCount: number;
  let feed: ResultFeed;

  beforeEach(() => {
    clock = new FakeClock();
    reported = [];
    hasClosed = false;
    rowCount = 0;
    const stream: StatementStream = {
      ...{ columns: [], returnsRows: true, command: null, affectedCount: null },
      ...{ next: async () => [], nextEncoded: async () => nothing, nextResult: async () => false },
      close: async () => {
        hasClosed = true;
      },
    };
    const writer: ResultWriter = {
      ...{ id: 'result', byteCount: 0, append: async () => undefined, flush: async () => undefined },
      fill: () => Promise.reject(new Error('not used')),
      get rowCount() {
        return rowCount;
      },
    };
    feed = new ResultFeed({
      index: 0,
      stream,
      writer,
      clock,
      onProgress: (message) => reported.push(message),
    });
  });

  /** The writer has kept so many rows, and asks for more. */
  const kept = async (count: number) => {
    rowCount = count;
    await feed.nextEncoded();
  };
  const counts = () => reported.map((message) => message.rowCount);

  it('reports the first rows at once, and later ones five times a second at most', async () => {
    await kept(0);
    expect(counts()).toEqual([]);
    await kept(1);
    expect(counts()).toEqual([1]);
    for (let count = 2; count <= 50; count += 1) await kept(count);
    expect(counts()).toEqual([1]);
    // Also when the server is silent now.
    await clock.advance(200);
    expect(counts()).toEqual([1, 50]);
  });

  it('reports the end once, with nothing after it', async () => {
    await kept(1);
    await kept(2);
    await feed.close();
    feed.finish(true);
    await clock.advance(1_000);
    expect(counts()).toEqual([1, 2]);
    expect(reported.at(-1)).toMatchObject({ isComplete: true, isLimited: true });
  });

  it('leaves the results behind it to the statement', async () => {
    await feed.close();
    expect(hasClosed).toBe(false);
  });
});
