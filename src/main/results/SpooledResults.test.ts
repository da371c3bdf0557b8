import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnsNamed, encodedRows, FakeRowStream } from '../../../tests/support/encodedRows.ts';
import { owner, resultsUnderTest, workToTheEnd } from '../../../tests/support/resultsUnderTest.ts';

const all = { ...workToTheEnd, rowLimit: null };

const view = (resultId: string, fromRow: number, rowCount: number, fromColumn = 0, columnCount = 400) => ({
  ...{ resultId, viewId: null, fromRow, rowCount, fromColumn, columnCount },
});

describe('SpooledResults', () => {
  it('gives the rows back as they came, wherever a window begins', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const rows = Array.from({ length: 30_000 }, (_, row) => [
      String(row),
      row % 3 === 0 ? null : `é${row}`,
      '',
    ]);
    const batches = [0, 1, 2].map((part) => encodedRows(rows.slice(part * 10_000, (part + 1) * 10_000)));
    const { resultId, rowCount } = await filledTexts(['a', 'b', 'c'], ...batches);
    expect(rowCount).toBe(30_000);
    for (const from of [0, 9_990, 19_999, 29_800]) {
      const { rows: shown, positions } = await results.window(view(resultId, from, 500));
      expect(shown).toEqual(rows.slice(from, from + 500));
      expect(positions).toBeNull();
    }
    expect((await results.window(view(resultId, 40_000, 10))).rows).toEqual([]);
    expect((await results.window(view(resultId, 7, 1, 1, 1))).rows).toEqual([['é7']]);
  });

  it('shows rows that are still on their way to the disk', async () => {
    const { results } = resultsUnderTest();
    const columns = columnsNamed(['n', 't']);
    const writer = await results.create(columns, owner);
    const text = 'x'.repeat(50);
    const seen: unknown[] = [];
    function* batches() {
      for (let batch = 0; batch < 100; batch += 1) {
        yield encodedRows(Array.from({ length: 1_000 }, (_, row) => [String(batch * 1_000 + row), text]));
        // Asked for while the next batch is being appended.
        for (const row of [0, batch * 500, batch * 1_000]) {
          const read = results.window(view(writer.id, row, 1));
          seen.push(read.then(({ rows }) => expect(rows).toEqual([[String(row), text]])));
        }
      }
    }
    await writer.fill(new FakeRowStream(columns, batches()), all);
    await Promise.all(seen);
    expect(seen).toHaveLength(300);
    expect(writer.rowCount).toBe(100_000);
  });

  it('keeps the first rows at once and rests with many further ones after a key', async () => {
    const { results, inputBreak, clock } = resultsUnderTest();
    const columns = columnsNamed(['n']);
    const writer = await results.create(columns, owner);
    const batches = ['1', '2', '3', '4'].map((text) => encodedRows([[text.repeat(20_000)]]));
    inputBreak.begin();
    const filled = writer.fill(new FakeRowStream(columns, batches), all);
    await expect.poll(() => writer.rowCount).toBe(2);
    await clock.advance(90);
    expect(writer.rowCount).toBe(2);
    await clock.advance(10);
    await filled;
    expect(writer.rowCount).toBe(4);
  });

  it('does not make a short result wait for its end', async () => {
    const { filledTexts, inputBreak } = resultsUnderTest();
    inputBreak.begin();
    const batches = ['1', '2'].map((text) => encodedRows([[text]]));
    expect((await filledTexts(['n'], ...batches)).rowCount).toBe(2);
  });

  it('is cancelled while it rests', async () => {
    const { results, inputBreak } = resultsUnderTest();
    const columns = columnsNamed(['n']);
    const writer = await results.create(columns, owner);
    const controller = new AbortController();
    inputBreak.begin();
    const batches = ['1', '2', '3'].map((text) => encodedRows([[text.repeat(20_000)]]));
    const filled = writer.fill(new FakeRowStream(columns, batches), { ...all, signal: controller.signal });
    await expect.poll(() => writer.rowCount).toBe(2);
    controller.abort();
    await expect(filled).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('shortens a long text to whole characters and says how many it has', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const texts = [
      'y'.repeat(512),
      `${'y'.repeat(511)}😀`,
      `${'y'.repeat(511)}😀z`,
      `${'y'.repeat(4_094)}😀😀`,
      '€'.repeat(9_000),
      'a'.repeat(300_000),
      `${'ü'.repeat(200_000)}😀`,
    ];
    const { resultId } = await filledTexts(
      ['n', 't', 'n'],
      encodedRows(texts.map((text) => ['1', text, '2'])),
    );
    const { rows } = await results.window(view(resultId, 0, 10));
    expect(rows.map((row) => row[1])).toEqual([
      texts[0],
      texts[1],
      { start: texts[1], length: 513 },
      { start: 'y'.repeat(512), length: 4_096 },
      { start: '€'.repeat(512), length: 9_000 },
      { start: 'a'.repeat(512), length: 300_000 },
      { start: 'ü'.repeat(512), length: 200_001 },
    ]);
    expect(rows.every((row) => row[0] === '1' && row[2] === '2')).toBe(true);
  });

  it('gives a value in parts that make the whole', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const text = `${'aé€😀'.repeat(400_000)}!`;
    const { resultId } = await filledTexts(
      ['n', 't'],
      encodedRows([
        ['1', text],
        ['2', 'b'.repeat(100_000)],
        ['3', null],
      ]),
    );
    const part = (row: number, offset: number, length: number) =>
      results.cellPart({ resultId, viewId: null, row, column: 1, offset, length });
    let whole = '';
    for (let offset = 0; offset < 1_600_001; offset += 300_000)
      whole += (await part(0, offset, 300_000)).text;
    expect(whole).toBe(text);
    expect(await part(0, 1_599_999, 10)).toEqual({ text: '😀!', length: 1_600_001, byteLength: 4_000_001 });
    expect(await part(0, 3, 2)).toMatchObject({ text: '😀a' });
    expect(await part(1, 99_999, 5)).toEqual({ text: 'b', length: 100_000, byteLength: 100_000 });
    expect(await part(1, 200_000, 5)).toMatchObject({ text: '', length: 100_000 });
    expect(await part(2, 0, 5)).toEqual({ text: null, length: 0, byteLength: 0 });
  });

  it('keeps a value of 100 MB whole', { timeout: 30_000 }, async () => {
    const { results, filledTexts } = resultsUnderTest();
    const { resultId } = await filledTexts(
      ['t', 'n'],
      encodedRows([[Buffer.alloc(100_000_000, 'x'), '1']]),
      encodedRows([['small', '2']]),
    );
    const { rows } = await results.window(view(resultId, 0, 2));
    expect(rows).toEqual([
      [{ start: 'x'.repeat(512), length: 100_000_000 }, '1'],
      ['small', '2'],
    ]);
    const input = { resultId, viewId: null, row: 0, column: 0, offset: 99_999_990, length: 100 };
    expect((await results.cellPart(input)).text).toBe('x'.repeat(10));
  });

  it('is not led astray by text that is no UTF-8, or by lengths that lie', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const stray = Buffer.alloc(20_000, 0x80);
    const liar = encodedRows([
      ['1', 'ab'],
      ['2', 'cd'],
    ]);
    liar.bytes.writeInt32BE(2_000_000_000, (liar.starts[1] ?? 0) + 5);
    const { resultId } = await filledTexts(['a', 'b'], encodedRows([['1', stray]]), liar);
    const { rows } = await results.window(view(resultId, 0, 3));
    expect(rows[0]?.[1]).toMatchObject({ length: 5_000 });
    expect(rows.slice(1)).toEqual([
      ['1', 'ab'],
      ['2', 'cd'],
    ]);
  });

  it('counts rows of no column', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const { resultId, rowCount } = await filledTexts([], encodedRows([[], [], []]));
    expect(rowCount).toBe(3);
    expect((await results.window(view(resultId, 0, 10))).rows).toEqual([[], [], []]);
  });

  it('stops at the limit of rows, and says whether there were more', async () => {
    const { results } = resultsUnderTest();
    const columns = columnsNamed(['n']);
    const fill = async (rowLimit: number) => {
      const writer = await results.create(columns, owner);
      const stream = new FakeRowStream(columns, [encodedRows([['1'], ['2']]), encodedRows([['3'], ['4']])]);
      const { rowCount, isLimited } = await writer.fill(stream, { ...all, rowLimit });
      expect(stream.isClosed).toBe(true);
      const { rows } = await results.window(view(writer.id, 0, 10));
      return { rowCount, isLimited, rows: rows.flat().join() };
    };
    expect(await fill(3)).toEqual({ rowCount: 3, isLimited: true, rows: '1,2,3' });
    expect(await fill(2)).toEqual({ rowCount: 2, isLimited: true, rows: '1,2' });
    expect(await fill(4)).toEqual({ rowCount: 4, isLimited: false, rows: '1,2,3,4' });
  });

  it('keeps what came before a failure', async () => {
    const { results } = resultsUnderTest();
    const columns = columnsNamed(['n']);
    const writer = await results.create(columns, owner);
    const stream = new FakeRowStream(columns, [encodedRows([['1']]), new Error('server gone')]);
    await expect(writer.fill(stream, all)).rejects.toThrow('server gone');
    expect(stream.isClosed).toBe(true);
    expect((await results.window(view(writer.id, 0, 10))).rows).toEqual([['1']]);
  });

  it('keeps files that only their owner can read, and removes them with the result, the tab and the app', async () => {
    const { results, filledTexts, parent, spoolFiles } = resultsUnderTest();
    const first = await filledTexts(['a'], encodedRows([['1']]));
    await filledTexts(['a'], encodedRows([['2']]));
    const [run = ''] = readdirSync(parent);
    expect(statSync(join(parent, run)).mode & 0o777).toBe(0o700);
    for (const file of spoolFiles()) expect(statSync(join(parent, run, file)).mode & 0o777).toBe(0o600);
    await results.drop(first.resultId);
    expect(spoolFiles()).toHaveLength(2);
    await expect(results.window(view(first.resultId, 0, 1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await results.dropAllOf('another tab');
    expect(spoolFiles()).toHaveLength(2);
    await results.dropAllOf(owner);
    expect(spoolFiles()).toEqual([]);
    await results.close();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('ends what still fills a result that is dropped, and leaves no file', async () => {
    const { results, spoolFiles } = resultsUnderTest();
    const columns = columnsNamed(['n']);
    const writer = await results.create(columns, owner);
    function* endless() {
      for (let count = 0; ; count += 1) {
        if (count === 50) void results.drop(writer.id);
        yield encodedRows(Array.from({ length: 1_000 }, () => ['x'.repeat(100)]));
      }
    }
    const stream = new FakeRowStream(columns, endless());
    await expect(writer.fill(stream, all)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(stream.isClosed).toBe(true);
    await results.close();
    expect(spoolFiles()).toEqual([]);
  });

  it('removes at the start what a run left that was killed, and nothing of its own', async () => {
    const killed = resultsUnderTest();
    await killed.filledTexts(['a'], encodedRows([['1']]));
    const next = resultsUnderTest(killed.parent);
    const { resultId } = await next.filledTexts(['a'], encodedRows([['2']]));
    expect(readdirSync(killed.parent)).toHaveLength(2);
    await next.folder.removeEarlier();
    expect(readdirSync(killed.parent)).toHaveLength(1);
    expect((await next.results.window(view(resultId, 0, 1))).rows).toEqual([['2']]);
  });

  it('holds more results than a process may have open files', async () => {
    const { results, filledTexts } = resultsUnderTest();
    const ids: string[] = [];
    for (let count = 0; count < 200; count += 1)
      ids.push((await filledTexts(['a'], encodedRows([[String(count)]]))).resultId);
    for (const [count, id] of ids.entries()) {
      expect((await results.window(view(id, 0, 1))).rows).toEqual([[String(count)]]);
    }
  });
});
