import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { DemoStatus } from '../../../src/shared/model/demoStatus.ts';
import { DemoFixture, rowsOf } from './demoFixture.ts';
import { realSeed } from './newRun.ts';

/** A digest of all rows, as text in the order of their keys. */
const digest = `
  SELECT md5(string_agg(c::text, '|' ORDER BY id)) FROM sales.customers AS c UNION ALL
  SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM sales.products AS p UNION ALL
  SELECT md5(string_agg(o::text, '|' ORDER BY id)) FROM sales.orders AS o UNION ALL
  SELECT md5(string_agg(i::text, '|' ORDER BY order_id, line_number)) FROM sales.order_items AS i UNION ALL
  SELECT md5(string_agg(e::text, '|' ORDER BY id)) FROM sales.events AS e UNION ALL
  SELECT md5(string_agg(a::text, '|' ORDER BY id)) FROM "AuditLog" AS a UNION ALL
  SELECT md5(string_agg(d::text, '|' ORDER BY id)) FROM "DataSource" AS d UNION ALL
  SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM "User" AS u`;

// Two real creations may take long on a busy computer.
describe('resetting the demo', { timeout: 60_000 }, () => {
  it('brings back the very first rows under the same address and password, and ends the sessions', async () => {
    const fixture = await DemoFixture.empty(realSeed);
    const { demo, port } = await fixture.run();
    const password = await demo.password();
    const before = await rowsOf(port, password, digest);
    await rowsOf(port, password, 'DROP SCHEMA sales CASCADE; DELETE FROM "AuditLog"');
    const session = rowsOf(port, password, 'SELECT pg_sleep(60)').catch(() => 'cut off');
    const told: DemoStatus['status'][] = [];
    demo.onStatus.on(({ status }) => told.push(status));
    await demo.reset(neverAborted);
    expect(await session).toBe('cut off');
    expect(demo.status()).toMatchObject({ status: 'running', port });
    expect([...new Set(told)]).toEqual(['resetting', 'running']);
    expect(await rowsOf(port, password, digest)).toEqual(before);
    expect((await fixture.entries()).sort()).toEqual(['cluster', 'server.log']);
  });

  it('keeps the old database, running, when it is cancelled', async () => {
    const fixture = await DemoFixture.empty();
    const { demo, port } = await fixture.run();
    const password = await demo.password();
    await rowsOf(port, password, 'DELETE FROM "AuditLog" WHERE id > 1');
    const cancel = new AbortController();
    demo.onStatus.on((status) => {
      if ('step' in status && status.step.startsWith('Filling the shop')) cancel.abort();
    });
    await expect(demo.reset(cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(demo.status()).toMatchObject({ status: 'running', port });
    expect(await rowsOf(port, password, 'SELECT count(*)::int FROM "AuditLog"')).toEqual([[1]]);
    expect((await fixture.entries()).sort()).toEqual(['cluster', 'server.log']);
  });
});
