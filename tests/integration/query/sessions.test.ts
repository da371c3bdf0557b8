import { describe, expect, it, vi } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { defaultPoolSettings } from '../../../src/shared/model/poolSettings.ts';
import { edited } from '../../support/dataSources.ts';
import { failureOf } from '../../support/failureOf.ts';
import { QueryUnderTest } from '../../support/QueryUnderTest.ts';

const pid = 'SELECT pg_backend_pid()';
const temporaryTable = 'CREATE TEMP TABLE cart AS SELECT 1 AS n';

describe('the session of a tab (PostgreSQL)', () => {
  it('is one and the same while the tab holds something, and nobody else’s (W13)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const other = under.tab();
    await tab.run(temporaryTable);
    await tab.run("SET application_name = 'mine'");
    const pids = new Set<unknown>();
    for (let run = 0; run < 20; run += 1) {
      const browsing = Promise.all([under.ask('SELECT 1'), under.ask('SELECT 2')]);
      pids.add(await tab.value(pid));
      await browsing;
    }
    expect(pids.size).toBe(1);
    expect(await tab.value('SELECT n FROM cart')).toBe('1');
    const ran = await tab.run('SHOW application_name');
    expect(await ran.rows(0)).toEqual([['mine']]);
    expect(ran.session).toMatchObject({ transaction: 'none', holds: ['temporary-table', 'setting'] });
    expect(await other.value(pid)).not.toBe([...pids][0]);
    const refused = await other.run('SELECT * FROM cart');
    expect(refused.of('failed')[0]?.error).toMatchObject({ code: 'QUERY_FAILED', driverCode: '42P01' });
  });

  it('is not kept for what was undone: dropped, rolled back, unlocked, discarded', async () => {
    const tab = QueryUnderTest.postgres().tab();
    const holds = async (script: string) => (await tab.run(script)).session?.holds;
    expect(await holds(temporaryTable)).toEqual(['temporary-table']);
    expect(await holds('LISTEN news; PREPARE one AS SELECT 1')).toHaveLength(3);
    expect(await holds('DROP TABLE cart')).toEqual(['listening', 'prepared']);
    expect(await holds('UNLISTEN *; DEALLOCATE one')).toEqual([]);
    expect(await holds(`BEGIN; ${temporaryTable}; SELECT pg_advisory_lock(7)`)).toHaveLength(3);
    expect(await holds('ROLLBACK')).toEqual(['lock']);
    expect(await holds('SELECT pg_advisory_unlock(7)')).toEqual([]);
    expect(await holds(`SET application_name = 'mine'; ${temporaryTable}`)).toHaveLength(2);
    expect(await holds('DISCARD ALL')).toEqual([]);
  });

  it('goes back to the pool when nothing holds it, at once when somebody waits', async () => {
    const under = QueryUnderTest.postgres({ pool: { ...defaultPoolSettings, min: 0, max: 1 } });
    const tab = under.tab();
    const own = await tab.value(pid);
    expect(await tab.value(pid)).toBe(own);
    expect(under.events).toEqual([]);
    expect(await under.ask(pid)).toEqual([[own]]);
    expect(under.events).toEqual([{ type: 'session', tabId: tab.id, session: null }]);
  });

  it('keeps the only connection of a pool while it holds something, and the error says so', async () => {
    const pool = { ...defaultPoolSettings, min: 0, max: 1, acquireTimeoutMs: 200 };
    const under = QueryUnderTest.postgres({ pool });
    const tab = under.tab();
    await tab.run('BEGIN');
    const refused = await failureOf(under.ask('SELECT 1'));
    expect(refused.code).toBe('POOL_TIMEOUT');
    expect(refused.causes.join(' ')).toContain('A query tab keeps one of them');
    await tab.run('ROLLBACK');
    expect(await under.ask('SELECT 1')).toEqual([['1']]);
  });

  it('is no leak however long it is kept', async () => {
    const under = QueryUnderTest.postgres({
      pool: { ...defaultPoolSettings, leakWarningMs: 100, leakReclaimMs: 150 },
    });
    const tab = under.tab();
    await tab.run(temporaryTable);
    const own = await tab.value(pid);
    // One that nobody keeps is borrowed after it, reported and taken back.
    const { connection } = await under.manager.acquire(under.source.id, neverAborted);
    await vi.waitFor(() => expect(connection.isUsable).toBe(false), 10_000);
    expect(under.warnings).toMatchObject([{ backendId: connection.backendId }]);
    expect(connection.backendId).not.toBe(Number(own));
    expect(await tab.value('SELECT n FROM cart')).toBe('1');
  });

  it('says what was lost when the data source is disconnected', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run(`${temporaryTable}; BEGIN; INSERT INTO cart VALUES (2)`);
    await under.manager.disconnect(under.source.id);
    const lost = under.events.find(({ type }) => type === 'lost');
    expect(lost).toMatchObject({ tabId: tab.id, error: { code: 'TRANSACTION_LOST' } });
    const detail = lost?.type === 'lost' ? lost.error.detail : '';
    expect(detail).toContain('nothing was committed');
    expect(detail).toContain('temporary tables');
    expect(under.events.at(-2)).toEqual({ type: 'session', tabId: tab.id, session: null });
  });

  it('ends at once when the data source is edited, and the next run is at the new place', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run(temporaryTable);
    const before = await tab.value(pid);
    under.source = edited(under.source, { readOnly: true });
    await under.manager.changed(under.source, false);
    expect(under.events.find(({ type }) => type === 'lost')).toMatchObject({ tabId: tab.id });
    expect(await tab.value(pid)).not.toBe(before);
    const refused = await tab.run('CREATE TABLE refused (n int)');
    expect(refused.of('failed')[0]?.error).toMatchObject({
      code: 'READ_ONLY',
      title: 'This data source is marked read-only',
    });
  });

  it('is told as lost when the server ends it, with what became of the transaction', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run('BEGIN');
    const own = await tab.value(pid);
    await under.ask(`SELECT pg_terminate_backend(${own})`);
    await vi.waitFor(() => expect(under.events.map(({ type }) => type)).toContain('lost'));
    expect(under.events.find(({ type }) => type === 'lost')).toMatchObject({
      error: { code: 'TRANSACTION_LOST', driverCode: '57P01' },
    });
  });

  it('fails a run with what became of the transaction when the server ends it', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run('BEGIN');
    const ran = await tab.run('SELECT pg_terminate_backend(pg_backend_pid()); SELECT 2');
    expect(ran.outline.at(-1)).toBe('failed 0');
    expect(ran.of('failed')[0]?.error.code).toBe('TRANSACTION_LOST');
    expect(ran.session).toBeNull();
    expect(await tab.value('SELECT 3')).toBe('3');
  });

  it('hears notifications between two runs (W24)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const ran = await tab.run('LISTEN news');
    expect(ran.session?.holds).toEqual(['listening']);
    await under.ask("NOTIFY news, 'hi'");
    await vi.waitFor(() => expect(under.events).not.toEqual([]));
    expect(under.events[0]).toMatchObject({
      type: 'notification',
      tabId: tab.id,
      notification: { channel: 'news', payload: 'hi' },
    });
  });

  it('reports the schemas that a person chose', async () => {
    const under = QueryUnderTest.postgres();
    const ran = await under.tab().run('SET search_path = pg_catalog, public');
    expect(ran.session?.searchPath).toEqual(['pg_catalog', 'public']);
  });

  it('leaves no transaction on the server when its tab is closed, and no result (W16, W33a)', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    await tab.run('BEGIN; SELECT 1');
    const own = await tab.value(pid);
    await tab.close();
    await vi.waitFor(async () =>
      expect(await under.ask(`SELECT count(*) FROM pg_stat_activity WHERE pid = ${own}`)).toEqual([['0']]),
    );
    const running = tab.run('SELECT g, pg_sleep(0.001) FROM generate_series(1,500000) g');
    // The server collects rows before it sends the first.
    await vi.waitFor(() => expect(tab.seen.at(-1)?.type).toBe('rows'), 10_000);
    await tab.close();
    const ran = await running;
    expect(ran.of('failed')[0]?.error.code).toBe('QUERY_CANCELLED');
    const active =
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(1,500000)%' AND state = 'active' AND pid <> pg_backend_pid()";
    expect(await under.ask(active)).toEqual([['0']]);
    expect((await failureOf(ran.rows(0))).code).toBe('NOT_FOUND');
  });

  it('is ended when the app closes, within its limit', async () => {
    const under = QueryUnderTest.postgres();
    const tab = under.tab();
    const running = tab.run('SELECT pg_sleep(60)');
    await vi.waitFor(() => expect(tab.seen).not.toEqual([]));
    await under.query.stop();
    expect((await running).of('failed')[0]?.error.code).toBe('QUERY_CANCELLED');
    expect((await failureOf(tab.run('SELECT 1'))).code).toBe('SHUTTING_DOWN');
    await under.manager.close(0);
    expect((await failureOf(under.manager.acquire(under.source.id, neverAborted))).code).toBe(
      'SHUTTING_DOWN',
    );
  });
});
