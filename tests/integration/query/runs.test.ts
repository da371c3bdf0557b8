import { describe, expect, it, vi } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { ParameterValue } from '../../../src/shared/model/query.ts';
import { failureOf } from '../../support/failureOf.ts';
import { QueryUnderTest, type TabUnderTest } from '../../support/QueryUnderTest.ts';

const until = (tab: TabUnderTest, type: string) =>
  vi.waitFor(() => expect(tab.seen.map((message) => message.type)).toContain(type));
/** With what it does in the session, a cancel is sure to meet the statement itself. */
const untilServerSays = (under: QueryUnderTest, question: string, answer: string) =>
  vi.waitFor(async () => expect(await under.ask(question)).toEqual([[answer]]), 10_000);
const text = (name: string, value: string): ParameterValue => ({ name, type: 'text', value });

/** A table of the test's own, dropped with its session. */
const parcel =
  'CREATE TEMP TABLE parcel (id int PRIMARY KEY, w int, note text); INSERT INTO parcel VALUES (1,2,$$a$$),(2,3,$$b$$)';

describe('a run (PostgreSQL)', () => {
  it('stops at the first error in a transaction, and tells how to leave it (W15)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run(parcel);
    const script = [
      "INSERT INTO parcel VALUES (20,1,'m');",
      'BEGIN;',
      "INSERT INTO parcel VALUES (21,1,'m');",
      'SELECT 1/0;',
      'DELETE FROM parcel;',
      'COMMIT;',
    ].join('\n');
    const ran = await tab.run(script);
    expect(ran.outline.slice(-3)).toEqual(['ended 2', 'started 3', 'failed 3']);
    expect(ran.of('failed')[0]?.error.driverCode).toBe('22012');
    expect(ran.session?.transaction).toBe('failed');
    const alone = await tab.run('SELECT 1');
    const { error } = alone.of('failed')[0] ?? {};
    expect(error?.driverCode).toBe('25P02');
    expect(error?.fixes.join(' ')).toContain('ROLLBACK');
    const commit = await tab.run('COMMIT');
    expect(commit.of('ended')[0]?.command).toBe('ROLLBACK');
    expect(commit.session).toMatchObject({ transaction: 'none' });
    expect(await (await tab.run('SELECT id FROM parcel ORDER BY id')).rows(0)).toEqual([
      ['1'],
      ['2'],
      ['20'],
    ]);
  });

  it('goes on behind an error when it is told to, and marks where the error is', async () => {
    const ran = await QueryUnderTest.postgres()
      .tab()
      .run('SELECT 1; SELECT nothing; SELECT 3', { onError: 'continue' });
    expect(ran.outline).toEqual([
      ...['started 0', 'result 0', 'ended 0', 'started 1', 'failed 1', 'started 2', 'result 2', 'ended 2'],
    ]);
    expect(ran.of('failed')[0]?.position).toBe('SELECT '.length);
  });

  it('binds values as they are, and never reads them again (W11)', async () => {
    const tab = QueryUnderTest.postgres().tab();
    const pw = "$2y$10$:n'x\\";
    const parameters: ParameterValue[] = [text('pw', pw), { name: 'n', type: 'number', value: '7' }];
    const script = 'SELECT :pw AS pw, :n::int + 1 AS n, :pw AS again';
    expect(await (await tab.run(script, { parameters })).rows(0)).toEqual([[pw, '8', pw]]);
    const missing = await failureOf(tab.run(script, { parameters: [text('pw', pw)] }));
    expect(missing).toMatchObject({ code: 'INVALID_INPUT', detail: expect.stringContaining('n') });
    const failed = await tab.run('SELECT :pw::text, nothing', { parameters });
    expect(failed.of('failed')[0]?.position).toBe('SELECT :pw::text, '.length);
  });

  it('runs nothing of a script while one of its risks was not agreed to', async () => {
    const under = QueryUnderTest.postgres({ environment: 'production' });
    const tab = under.tab();
    await tab.run('CREATE TEMP TABLE parcel (id int)', { acceptedRisks: ['production-write'] });
    const script = 'INSERT INTO parcel VALUES (1); UPDATE parcel SET id = 2';
    const refused = await failureOf(tab.run(script, { acceptedRisks: ['production-write'] }));
    expect(refused.code).toBe('CONSENT_REQUIRED');
    expect((await failureOf(tab.run('INSERT INTO parcel VALUES (1)'))).code).toBe('CONSENT_REQUIRED');
    expect(await tab.value('SELECT count(*) FROM parcel')).toBe('0');
  });

  it('keeps a transaction open until it is committed, in manual mode', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const manual = { commit: 'manual' } as const;
    await tab.run(parcel);
    const ran = await tab.run("INSERT INTO parcel VALUES (30,1,'m')", manual);
    expect(ran.session?.transaction).toBe('open');
    await under.query.rollback(tab.id, neverAborted);
    expect(under.events.at(-1)).toMatchObject({ type: 'session', session: { transaction: 'none' } });
    await tab.run("INSERT INTO parcel VALUES (31,1,'m')", manual);
    await under.query.commit(tab.id, neverAborted);
    expect(await tab.value('SELECT max(id) FROM parcel')).toBe('31');
    expect((await failureOf(under.query.commit(tab.id, neverAborted))).code).toBe('TRANSACTION_OVER');
    await tab.run('SELECT 1/0', manual);
    const refused = await failureOf(under.query.commit(tab.id, neverAborted));
    expect(refused).toMatchObject({ code: 'TRANSACTION_OVER', message: 'The transaction was rolled back' });
  });

  it('is cancelled on the server, twice, and its session stays (W16)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run('CREATE TEMP TABLE keep AS SELECT 1 AS n');
    const pid = await tab.value('SELECT pg_backend_pid()');
    for (let time = 0; time < 2; time += 1) {
      const running = tab.run('SELECT pg_sleep(60); SELECT 2');
      await untilServerSays(under, `SELECT wait_event FROM pg_stat_activity WHERE pid = ${pid}`, 'PgSleep');
      const cancelledAt = performance.now();
      await tab.cancel();
      expect(performance.now() - cancelledAt).toBeLessThan(1_000);
      const ran = await running;
      expect(ran.outline.at(-1)).toBe('failed 0');
      expect(ran.of('failed')[0]?.error.code).toBe('QUERY_CANCELLED');
      expect(await under.ask(`SELECT state FROM pg_stat_activity WHERE pid = ${pid}`)).toEqual([['idle']]);
    }
    expect(await tab.value('SELECT n FROM keep')).toBe('1');
    expect(await tab.value('SELECT pg_backend_pid()')).toBe(pid);
    const page = await under.history.page({ search: 'pg_sleep', sourceId: null, beforeId: null, limit: 10 });
    expect(page.entries.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
  });

  it('is cancelled when its window goes', async () => {
    const tab = QueryUnderTest.postgres().tab();
    const window = new AbortController();
    const running = tab.run('SELECT pg_sleep(60)', {}, window.signal);
    await until(tab, 'started');
    window.abort();
    expect((await running).of('failed')[0]?.error.code).toBe('QUERY_CANCELLED');
  });

  it('ends at the time-out that the person chose', async () => {
    const ran = await QueryUnderTest.postgres().tab().run('SELECT pg_sleep(60)', { timeoutMs: 200 });
    expect(ran.of('failed')[0]?.error.code).toBe('QUERY_TIMEOUT');
  });

  it('keeps no more rows than the limit, says so, and leaves an open transaction alone', async () => {
    const tab = QueryUnderTest.postgres().tab();
    const ran = await tab.run('BEGIN; SELECT g FROM generate_series(1,10000000) g; SELECT 2', {
      rowLimit: 500,
    });
    expect(
      ran
        .of('rows')
        .filter(({ index }) => index === 1)
        .at(-1),
    ).toMatchObject({
      ...{ rowCount: 500, isComplete: true, isLimited: true },
    });
    expect(ran.outline.at(-1)).toBe('ended 2');
    expect(ran.of('rows').at(-1)).toMatchObject({ rowCount: 1, isLimited: false });
    expect(ran.session?.transaction).toBe('open');
  });

  it('reports notices as they come, in order, and none of them with the next statement (W24)', async () => {
    const under = QueryUnderTest.postgres();
    const [tab, other] = [under.tab(), under.tab()];
    // Between its notices the block waits for the other tab.
    await other.run('CREATE TABLE withheld (n int); BEGIN; LOCK TABLE withheld');
    const block =
      "DO $$ BEGIN RAISE NOTICE '  one  '; RAISE WARNING 'two'; PERFORM 1 FROM withheld; RAISE NOTICE 'three'; RAISE EXCEPTION 'stop'; END $$";
    const running = tab.run(`${block}; SELECT 1`, { onError: 'continue' });
    await until(tab, 'notice');
    expect(tab.seen.map(({ type }) => type)).not.toContain('failed');
    await other.run('ROLLBACK');
    const ran = await running;
    await other.run('DROP TABLE withheld');
    expect(ran.of('notice').map(({ index, notice }) => [index, notice.message])).toEqual([
      ...[
        [0, '  one  '],
        [0, 'two'],
        [0, 'three'],
      ],
    ]);
    const types = ran.messages.map(({ type }) => type);
    expect(types.indexOf('failed')).toBeGreaterThan(types.lastIndexOf('notice'));
    expect(ran.of('failed')[0]?.error.detail).toContain('stop');
  });

  it('feeds a COPY from the lines of the script, and goes on in the same session (W39)', async () => {
    const tab = QueryUnderTest.postgres().tab();
    await tab.run(parcel);
    const ran = await tab.run('COPY parcel (id) FROM STDIN;\n3\n4\n\\.\nSELECT count(*) FROM parcel;');
    expect(ran.of('ended')[0]).toMatchObject({ command: 'COPY', affectedCount: 2 });
    expect(await ran.rows(0)).toEqual([['4']]);
    expect(await tab.value('SELECT 1')).toBe('1');
  });

  it('feeds a COPY from a file that the person chooses, and refuses it without one', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run(parcel);
    const refused = await tab.run('COPY parcel (id) FROM STDIN');
    expect(refused.of('failed')[0]?.error.code).toBe('COPY_REFUSED');
    under.files.source = Buffer.from('7\n8\n9\n');
    const ran = await tab.run('COPY parcel (id) FROM STDIN; SELECT count(*) FROM parcel');
    expect(await ran.rows(0)).toEqual([['5']]);
    expect(under.files.closedCount).toBe(1);
  });

  it('writes what a COPY sends to a file (W39)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const ran = await tab.run('COPY (SELECT 1) TO STDOUT; SELECT 1');
    expect(under.files.written).toBe('1\n');
    expect(ran.of('ended')[0]).toMatchObject({ command: 'COPY', fileName: 'copy.csv', affectedCount: 1 });
    expect(ran.outline.at(-1)).toBe('ended 1');
  });

  it('saves the rows of a statement straight to a file, in the session of its tab', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run(parcel);
    const input = {
      ...{ tabId: tab.id, sourceId: under.source.id, parameters: [], acceptedRisks: [] },
      ...{ statement: 'SELECT id FROM parcel ORDER BY id', suggestedName: 'parcel' },
      modes: sqlLanguageOf('postgres').modes,
      format: { type: 'json' as const },
    };
    const saved = await under.query.saveStatement(input, { signal: neverAborted });
    expect(saved).toMatchObject({ rowCount: 2 });
    expect(under.files.written).toBe('1\n2');
  });

  it('keeps exactly what ran in the history, the failed one with its error, and no values (W40b)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const parameters = [text('pw', 'secret value')];
    await tab.run('SELECT :pw AS a;\nSELECT nothing;\nSELECT 3', { parameters });
    const page = { search: '', sourceId: null, beforeId: null, limit: 10 };
    const { entries, hasMore } = await under.history.page(page);
    expect(hasMore).toBe(false);
    expect(entries).toMatchObject([
      { text: 'SELECT nothing', outcome: 'failed', error: expect.stringContaining('nothing') },
      { text: 'SELECT :pw AS a', outcome: 'done', rowCount: 1, error: null },
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret value');
  });
});

describe('a run (MariaDB)', () => {
  const call =
    "DELIMITER $$\nCREATE OR REPLACE PROCEDURE greet() BEGIN SELECT 'a;b' AS x; SELECT 2 AS y; END$$\nDELIMITER ;\nCALL greet();";

  it('shows every result of a procedure (W08)', async () => {
    const tab = (await QueryUnderTest.mariadb()).tab();
    const ran = await tab.run(call);
    expect(ran.outline).toEqual(['started 0', 'ended 0', 'started 1', 'result 1', 'result 1', 'ended 1']);
    expect(ran.of('result').map(({ columns }) => columns.map(({ name }) => name))).toEqual([['x'], ['y']]);
    expect([await ran.rows(0), await ran.rows(1)]).toEqual([[['a;b']], [['2']]]);
  });

  it('is told as cancelled although the server answers without an error, and its session stays (W16)', async () => {
    const under = await QueryUnderTest.mariadb();
    const tab = under.tab();
    await tab.run('CREATE TEMPORARY TABLE keep AS SELECT 1 AS n');
    const id = await tab.value('SELECT CONNECTION_ID()');
    for (let time = 0; time < 2; time += 1) {
      const running = tab.run('SELECT SLEEP(60)');
      const state = `SELECT state FROM information_schema.processlist WHERE id = ${id}`;
      await untilServerSays(under, state, 'User sleep');
      await tab.cancel();
      const failed = (await running).of('failed')[0];
      expect(failed?.error.code).toBe('QUERY_CANCELLED');
      expect(failed?.durationMs).toBeLessThan(2_000);
    }
    expect(await tab.value('SELECT n FROM keep')).toBe('1');
    expect(await tab.value('SELECT CONNECTION_ID()')).toBe(id);
  });

  it('keeps a transaction open in manual mode, and its lock until then', async () => {
    const under = await QueryUnderTest.mariadb();
    const tab = under.tab();
    await tab.run('CREATE OR REPLACE TABLE counted (n int)');
    const ran = await tab.run('INSERT INTO counted VALUES (1)', { commit: 'manual' });
    expect(ran.session).toMatchObject({ transaction: 'open', holds: ['transaction'] });
    expect(await under.ask('SELECT count(*) FROM counted')).toEqual([['0']]);
    await under.query.commit(tab.id, neverAborted);
    expect(await under.ask('SELECT count(*) FROM counted')).toEqual([['1']]);
    await tab.run('DROP TABLE counted');
  });

  it('tells a statement that fails, and goes on in the same session', async () => {
    const tab = (await QueryUnderTest.mariadb()).tab();
    const ran = await tab.run('SELECT nothing; SELECT 2', { onError: 'continue' });
    expect(ran.of('failed')[0]?.error).toMatchObject({ code: 'QUERY_FAILED' });
    expect(await ran.rows(0)).toEqual([['2']]);
  });

  it('binds values as they are (W11)', async () => {
    const tab = (await QueryUnderTest.mariadb()).tab();
    const pw = "$2y$10$:n'x\\";
    const parameters: ParameterValue[] = [text('pw', pw), { name: 'n', type: 'number', value: '7' }];
    const ran = await tab.run('SELECT :pw AS pw, :n + 1 AS n, :pw AS again', { parameters });
    expect(await ran.rows(0)).toEqual([[pw, '8', pw]]);
  });

  it('keeps no more rows than the limit, and the transaction stays open', async () => {
    const tab = (await QueryUnderTest.mariadb()).tab();
    const ran = await tab.run('BEGIN; SELECT seq FROM seq_1_to_3000000; SELECT 2', { rowLimit: 500 });
    expect(
      ran
        .of('rows')
        .filter(({ index }) => index === 1)
        .at(-1),
    ).toMatchObject({
      ...{ rowCount: 500, isComplete: true, isLimited: true },
    });
    expect(ran.outline.at(-1)).toBe('ended 2');
    expect(ran.session?.transaction).toBe('open');
  });

  it('reports the database that a person chose', async () => {
    const ran = await (await QueryUnderTest.mariadb()).tab().run('USE information_schema');
    expect(ran.session).toMatchObject({ holds: ['setting'], searchPath: ['information_schema'] });
  });
});
