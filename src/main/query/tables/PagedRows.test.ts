import { beforeEach, describe, expect, it } from 'vitest';
import { columnsNamed, encodedRows, FakeRowStream } from '../../../../tests/support/encodedRows.ts';
import { resultsUnderTest } from '../../../../tests/support/resultsUnderTest.ts';
import { neverAborted, throwIfAborted } from '../../base/abort.ts';
import { PagedRows, type ReadPage } from './PagedRows.ts';

const columns = columnsNamed(['id']);
const batchRows = 1_000;

/** A table of rows numbered from 0, whose server can be stopped in the middle of a page. */
class SomeTable {
  readonly limits: number[] = [];
  /** Rows behind which the server sends nothing for now. */
  stopsAt = Number.POSITIVE_INFINITY;
  #goOn: () => void = () => undefined;

  constructor(readonly rowCount: number) {}

  goOn(): void {
    this.stopsAt = Number.POSITIVE_INFINITY;
    this.#goOn();
  }

  readonly read: ReadPage = async ({ after, limit }, signal, work) => {
    this.limits.push(limit);
    const from = after === null ? 0 : Number(after[0]) + 1;
    await work(
      new FakeRowStream(columns, this.#batches(from, Math.min(this.rowCount, from + limit), signal)),
    );
  };

  async *#batches(from: number, to: number, signal: AbortSignal) {
    for (let row = from; row < to; row += batchRows) {
      if (row >= this.stopsAt) {
        await new Promise<void>((resolve) => {
          this.#goOn = resolve;
          signal.addEventListener('abort', () => resolve());
        });
      }
      throwIfAborted(signal);
      const count = Math.min(batchRows, to - row);
      yield encodedRows(Array.from({ length: count }, (_, index) => [String(row + index)]));
    }
  }
}

describe('PagedRows', () => {
  let table: SomeTable;
  let rows: PagedRows;

  beforeEach(async () => {
    table = new SomeTable(200_000);
    rows = new PagedRows(await resultsUnderTest().results.create(columns, 'tab'), [0], table.read);
  });

  it('reads a table to its end in few pages, each row once', async () => {
    let progress = await rows.readTo(500, neverAborted);
    while (!progress.isComplete) progress = await rows.readTo(progress.rowCount + 20_000, neverAborted);
    expect(progress.rowCount).toBe(200_000);
    expect(table.limits.length).toBeLessThan(10);
    expect(table.limits[0]).toBe(1_000);
  });

  it('gives the first rows of a long page before the last one has come', async () => {
    await rows.readTo(40_000, neverAborted);
    table.stopsAt = 70_000;
    expect(await rows.readTo(60_000, neverAborted)).toEqual({ rowCount: 60_000, isComplete: false });
    table.goOn();
    expect(await rows.readTo(80_000, neverAborted)).toMatchObject({ rowCount: 80_000 });
  });

  it('keeps what came before a cancel, and goes on behind it', async () => {
    table.stopsAt = 30_000;
    const controller = new AbortController();
    const reading = rows.readTo(50_000, controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    table.goOn();
    let progress = await rows.readTo(1, neverAborted);
    while (!progress.isComplete) progress = await rows.readTo(progress.rowCount + 1, neverAborted);
    expect(progress.rowCount).toBe(200_000);
  });

  it('stops reading when it is closed', async () => {
    table.stopsAt = 30_000;
    const reading = rows.readTo(50_000, neverAborted);
    await rows.close();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
