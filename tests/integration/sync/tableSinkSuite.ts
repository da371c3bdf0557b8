import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { beginningOf } from '../../../src/main/sync/copy/position.ts';
import { encodedRows } from '../../support/encodedRows.ts';
import { failureOf } from '../../support/failureOf.ts';
import { refusedRowsSuite } from './refusedRowsSuite.ts';
import { openSink, sourceFailure, type TableSinkFixture } from './SinkUnderTest.ts';
import { column, itemColumns, items, quiet, sinkTools } from './sinkTools.ts';

/** What the sink for tables does, against a real server of any engine. */
export function tableSinkSuite(start: () => Promise<TableSinkFixture>): void {
  const tools = sinkTools(start);
  const { open, named, ask, rowsOf, countOf, staging, table, attempt, some } = tools;

  it('lets two pipelines begin at once in a schema where there was none', async () => {
    const names = [await table(), await table(), await table()];
    await Promise.all(names.map((name) => attempt(some(name, 'append'), items(3))));
    for (const name of names) expect(await countOf(name)).toBe(3);
  });

  describe.each(['append', 'upsert'] as const)('%s', (mode) => {
    it('S21a: goes on behind the last batch that was committed when the worker is gone', async () => {
      const settings = some(await table(), mode, { runId: randomUUID() });
      for (const batch of [5, 8]) {
        const session = await open();
        let commits = 0;
        // The beginning commits once.
        const onCommit = () => {
          commits += 1;
          if (commits === batch) session.destroy();
        };
        const failure = await failureOf(attempt({ ...settings, onCommit }, items(1_000), { session }));
        expect(failure.retryable).toBe(true);
        const [saved] = await ask(
          `SELECT position FROM ${named('mooring_pipelines')} WHERE pipeline_id = '${settings.pipelineId}'`,
        );
        expect(JSON.parse(saved?.[0] ?? '').writtenCount).toBe(await countOf(settings.table));
      }
      const { position } = await attempt(settings, items(1_000));
      expect(position.writtenCount).toBe(1_000);
      expect(await rowsOf(settings.table)).toEqual(items(1_000));
    });

    it('S21b: neither loses nor doubles a batch whose COMMIT was never answered', async () => {
      const settings = some(await table(), mode, { runId: randomUUID() });
      const proxy = await tools.proxy();
      let commits = 0;
      const onCommit = () => {
        commits += 1;
        if (commits === 5) proxy.limitData(0);
      };
      const session = await open(proxy.port);
      const failure = await failureOf(attempt({ ...settings, onCommit }, items(1_000), { session }));
      expect(failure).toMatchObject({ code: 'TRANSACTION_LOST', retryable: true });
      await vi.waitFor(async () => expect(await countOf(settings.table)).toBe(400));
      const { begunAt } = await attempt(settings, items(1_000));
      expect(begunAt?.after).toEqual(['400']);
      expect(await rowsOf(settings.table)).toEqual(items(1_000));
    });

    it('S21c: stays before the batch with a row that is refused, and goes on there when it is mended', async () => {
      const checked = "id bigint PRIMARY KEY, name varchar(200), CHECK (name <> 'bad')";
      const settings = some(await table(checked), mode, { runId: randomUUID() });
      const bad = items(1_000).map((row, index) => (index === 149 ? [row[0] ?? '', 'bad'] : row));
      const failure = await failureOf(attempt(settings, bad));
      expect(failure).toMatchObject({ code: 'ROWS_REFUSED', retryable: false });
      expect(failure.detail).not.toBe('');
      expect(await countOf(settings.table)).toBe(100);
      const { begunAt } = await attempt(settings, items(1_000));
      expect(begunAt?.after).toEqual(['100']);
      expect(await rowsOf(settings.table)).toEqual(items(1_000));
    });
  });

  it('S24c: an attempt that was overtaken writes nothing more', async () => {
    const settings = some(await table(), 'append', { runId: randomUUID() });
    const { sink } = openSink(tools.fixture(), await open(), settings);
    expect(await sink.begin()).toBeNull();
    const { position } = await attempt(settings, items(300));
    const late = sink.write(encodedRows(items(100, 501)), position, async () => undefined);
    expect(await failureOf(late)).toMatchObject({ code: 'RUN_SUPERSEDED', retryable: true });
    expect(await failureOf(sink.finish(position))).toMatchObject({ code: 'RUN_SUPERSEDED' });
    expect(await rowsOf(settings.table)).toEqual(items(300));
  });

  it('waits for no worker that stands still in the middle of a transaction, which can be tried again', async () => {
    const settings = some(await table(), 'append', { runId: randomUUID(), idleLimitMs: 1_000 });
    const { sink, runId } = openSink(tools.fixture(), await open(), settings);
    await sink.begin();
    let goOn = (): void => undefined;
    const standing = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const position = { ...beginningOf(runId), readCount: 100, after: ['100'] };
    const failure = failureOf(sink.write(encodedRows(items(100)), position, () => standing));
    await attempt(settings, items(300));
    goOn();
    expect(await failure).toMatchObject({ retryable: true });
    expect(await rowsOf(settings.table)).toEqual(items(300));
  });

  it.each([4, 1])('S11: the last row of a key counts, in batches of %i', async (batchRows) => {
    const settings = some(await table(), 'upsert');
    const rows = [
      ['7', 'draft'],
      ['7', 'sent'],
      ['8', 'new'],
      ['7', 'paid'],
    ];
    const { position } = await attempt(settings, rows, { batchRows });
    expect(await rowsOf(settings.table)).toEqual([
      ['7', 'paid'],
      ['8', 'new'],
    ]);
    expect(position.readCount).toBe(4);
    if (batchRows === 4) expect(position.writtenCount).toBe(2);
  });

  it('S14: readers see the old rows or the new ones, whatever happens to a run that replaces them', async () => {
    const settings = some(await table(), 'overwrite');
    await attempt(settings, items(100));
    const seen = new Set<number>();
    let isReading = true;
    const reading = (async () => {
      while (isReading) seen.add(await countOf(settings.table));
    })();
    for (const isResumable of [true, false]) {
      const failing = { ...settings, isResumable };
      await expect(attempt(failing, items(120, 1_001), { batchRows: 60, failAfter: 60 })).rejects.toBe(
        sourceFailure,
      );
    }
    expect(await rowsOf(settings.table)).toEqual(items(100));
    const retry = { ...settings, runId: randomUUID() };
    await expect(attempt(retry, items(120, 1_001), { batchRows: 60, failAfter: 60 })).rejects.toBe(
      sourceFailure,
    );
    const { begunAt, summary } = await attempt(retry, items(120, 1_001), { batchRows: 60 });
    expect(begunAt?.after).toEqual(['60']);
    expect(summary).toMatchObject({ rowsBefore: 100, rowsAfter: 120 });
    expect(await rowsOf(settings.table)).toEqual(items(120, 1_001));
    expect(await staging(settings)).toEqual([]);
    isReading = false;
    await reading;
    expect([...seen].sort()).toEqual(expect.arrayContaining([100]));
    for (const count of seen) expect([100, 120]).toContain(count);
  });

  it('S14: an attempt after the rows were replaced replaces them by nothing', async () => {
    const settings = some(await table(), 'overwrite', { runId: randomUUID() });
    await ask(`INSERT INTO ${named(settings.table)} VALUES (1, 'old')`);
    const session = await open();
    const done = await attempt(settings, items(120, 1_001), { session });
    // Its answer came to nobody: the worker was killed behind the COMMIT.
    session.destroy();
    const { begunAt, summary } = await attempt(settings, items(7, 5_001));
    expect(begunAt).toMatchObject({ ...done.position, isComplete: true });
    expect(summary).toEqual(done.summary);
    expect(summary).toMatchObject({ rowsBefore: 1, rowsAfter: 120 });
    expect(await rowsOf(settings.table)).toEqual(items(120, 1_001));
    expect(await staging(settings)).toEqual([]);
  });

  it('S05: replaces 53 rows by none and says so; the table stays what it is', async () => {
    const settings = some(await table('id bigint PRIMARY KEY, name varchar(200) UNIQUE'), 'overwrite');
    await attempt(settings, items(53));
    const before = await tools
      .fixture()
      .writer.describe(tools.observer(), { schema: tools.fixture().schema, name: settings.table }, quiet);
    const { summary } = await attempt(settings, []);
    expect(summary).toMatchObject({ rowsBefore: 53, rowsAfter: 0 });
    expect(await rowsOf(settings.table)).toEqual([]);
    const after = await tools
      .fixture()
      .writer.describe(tools.observer(), { schema: tools.fixture().schema, name: settings.table }, quiet);
    expect(after).toEqual(before);
    expect(after?.uniqueKeys).toEqual([['id'], ['name']]);
  });

  it('S05: makes the table of a run that has no rows', async () => {
    const name = `made_${randomUUID().slice(0, 8)}`;
    const relation = { schema: tools.fixture().schema, name };
    const statements = [tools.fixture().writer.words.createTable(relation, itemColumns, ['id'])];
    const { summary } = await attempt(some(name, 'overwrite', { statements }), []);
    expect(summary).toMatchObject({ rowsBefore: 0, rowsAfter: 0 });
    const made = await tools.fixture().writer.describe(tools.observer(), relation, quiet);
    expect(made?.columns).toMatchObject([
      { name: 'id', isNullable: false },
      { name: 'name', isNullable: true },
    ]);
    expect(made?.uniqueKeys).toEqual([['id']]);
  });

  it('S16: keeps the numbers of the source, and leaves computed columns to the server', async () => {
    const name = await table(tools.fixture().numberedColumns);
    const columns = [column('id', 'bigint', false), column('net', 'decimal(20,2)')];
    const settings = some(name, 'upsert', { columns });
    const net = async () => (await rowsOf(name)).map((row) => row.map((cell) => Number(cell)));
    await attempt(settings, [
      ['41', '10'],
      ['42', '20'],
    ]);
    await attempt(settings, [['41', '15']]);
    expect(await net()).toEqual([
      [41, 15, 18],
      [42, 20, 24],
    ]);
    await attempt({ ...settings, mode: 'overwrite', key: [] }, [['43', '5']]);
    expect(await net()).toEqual([[43, 5, 6]]);
  });

  it('S20: upserts 300 columns of 1,000 rows at once', async () => {
    const names = Array.from({ length: 299 }, (_, index) => `c${index}`);
    // So many texts are no row of every engine.
    const declared = (name: string) => column(name, 'bigint');
    const name = await table(`id bigint PRIMARY KEY, ${names.map((one) => `${one} bigint`).join(', ')}`);
    const settings = some(name, 'upsert', {
      columns: [column('id', 'bigint', false), ...names.map(declared)],
    });
    const rows = Array.from({ length: 1_000 }, (_, row) => [
      String(row),
      ...names.map((_name, place) => `${row * 1_000 + place}`),
    ]);
    for (const mode of ['upsert', 'append'] as const) {
      await ask(`DELETE FROM ${named(name)}`);
      await attempt({ ...settings, mode, pipelineId: randomUUID() }, rows, { batchRows: 1_000 });
      expect(await countOf(name)).toBe(1_000);
      expect((await ask(`SELECT c298 FROM ${named(name)} WHERE id = 999`))[0]).toEqual(['999298']);
    }
  });

  refusedRowsSuite(tools);

  it('mirror: marks rows that the source no longer has, over all attempts, and takes marks away', async () => {
    const settings = some(await table(), 'mirror');
    await attempt(settings, items(300));
    const run = { ...settings, runId: randomUUID() };
    const left = [...items(150), ...items(100, 201)];
    await expect(attempt(run, left, { failAfter: 200 })).rejects.toBe(sourceFailure);
    const marked = `SELECT id FROM ${named(settings.table)} WHERE _deleted_at IS NOT NULL ORDER BY id`;
    expect(await ask(marked)).toEqual([]);
    const { begunAt, summary } = await attempt(run, left);
    expect(begunAt?.after).toEqual(['200']);
    expect(summary.deletedCount).toBe(50);
    expect(await ask(marked)).toEqual(items(50, 151).map(([id]) => [id]));
    expect((await attempt(settings, items(300))).summary.deletedCount).toBe(0);
    expect(await ask(marked)).toEqual([]);
    expect(await staging(settings)).toEqual([]);
  });

  it('append: rows of a reading that begins anew in each attempt come all at once', async () => {
    const settings = some(await table(), 'append', { isResumable: false, runId: randomUUID() });
    await expect(attempt(settings, items(300), { failAfter: 200 })).rejects.toBe(sourceFailure);
    expect(await countOf(settings.table)).toBe(0);
    await attempt(settings, items(300));
    expect(await rowsOf(settings.table)).toEqual(items(300));
    expect(await staging(settings)).toEqual([]);
  });

  it('never goes on in a staging table that somebody dropped', async () => {
    const settings = some(await table(), 'overwrite', { runId: randomUUID() });
    await expect(attempt(settings, items(300), { failAfter: 200 })).rejects.toBe(sourceFailure);
    const beside = await staging(settings);
    expect(beside).toHaveLength(1);
    for (const [name] of beside) await ask(`DROP TABLE ${named(name ?? '')}`);
    // One attempt that only makes the table anew must not mislead the next one.
    await expect(attempt(settings, items(300), { failAfter: 0 })).rejects.toBe(sourceFailure);
    await attempt(settings, items(300));
    expect(await rowsOf(settings.table)).toEqual(items(300));
  });

  it('again: knows nothing of earlier runs, but of its own attempts', async () => {
    const settings = some(await table('id bigint, name varchar(200)'), 'append');
    await attempt(settings, items(200));
    expect((await attempt(settings, [])).begunAt).toMatchObject({ writtenCount: 200, isComplete: true });
    const again = { ...settings, again: true, runId: randomUUID() };
    await expect(attempt(again, items(200), { failAfter: 100 })).rejects.toBe(sourceFailure);
    expect((await attempt(again, items(200))).begunAt?.after).toEqual(['100']);
    expect(await countOf(settings.table)).toBe(400);
  });

  it('tries a batch again that was the victim of a deadlock', async () => {
    const settings = some(await table(), 'upsert');
    await attempt(settings, items(10));
    const [session, other] = [await open(), await open()];
    const change = (id: number) =>
      other.query({ text: `UPDATE ${named(settings.table)} SET name = 'other' WHERE id = ${id}` }, quiet);
    await other.query({ text: 'BEGIN' }, quiet);
    await change(2);
    const copying = attempt(
      settings,
      [
        ['1', 'mine'],
        ['2', 'mine'],
      ],
      { session },
    );
    await vi.waitFor(
      async () => expect(await tools.fixture().isWaiting(tools.observer(), session)).toBe(true),
      10_000,
    );
    await change(1).catch(() => undefined);
    await other.query({ text: 'ROLLBACK' }, quiet);
    await copying;
    expect((await rowsOf(settings.table)).slice(0, 3)).toEqual([
      ['1', 'mine'],
      ['2', 'mine'],
      ...items(1, 3),
    ]);
  });

  it('is cancelled at the server, also while the table is locked, and has written nothing of the batch', async () => {
    const settings = some(await table(), 'upsert', { runId: randomUUID() });
    await attempt({ ...settings, runId: randomUUID() }, items(1));
    const [session, other] = [await open(), await open()];
    await other.query({ text: 'BEGIN' }, quiet);
    await other.query({ text: `UPDATE ${named(settings.table)} SET name = 'other' WHERE id = 1` }, quiet);
    const controller = new AbortController();
    const copying = attempt({ ...settings, signal: controller.signal }, items(100), { session });
    await vi.waitFor(
      async () => expect(await tools.fixture().isWaiting(tools.observer(), session)).toBe(true),
      10_000,
    );
    controller.abort();
    expect(await failureOf(copying)).toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(
      async () => expect(await tools.fixture().isWaiting(tools.observer(), session)).toBe(false),
      10_000,
    );
    await other.query({ text: 'ROLLBACK' }, quiet);
    expect(await rowsOf(settings.table)).toEqual(items(1));
    expect((await attempt(settings, items(100))).position.writtenCount).toBe(100);
  });

  it('refuses a key that is not unique in the table, before anything is written', async () => {
    const settings = some(await table('id bigint, name varchar(200)'), 'upsert');
    expect(await failureOf(attempt(settings, items(1)))).toMatchObject({ code: 'PIPELINE_INVALID' });
    expect(await countOf(settings.table)).toBe(0);
  });
}
