import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { dataSourceFieldsSchema } from '../../../src/shared/model/dataSource.ts';
import { type DemoStatus, demoStatusSchema } from '../../../src/shared/model/demoStatus.ts';
import { postgresConfig } from '../../support/dataSources.ts';
import { DemoFixture, rowsOf } from './demoFixture.ts';
import { filesThatHold } from './filesThatHold.ts';
import { listenersOf } from './listenersOf.ts';
import { realSeed } from './newRun.ts';

describe('the demo at first use', () => {
  let fixture: DemoFixture;
  let demo: DemoServer;
  let port: number;
  let password: string;
  const told: DemoStatus[] = [];

  beforeAll(async () => {
    fixture = await DemoFixture.lasting(realSeed);
    demo = fixture.server();
    demo.onStatus.on((status) => told.push(status));
    const fields = dataSourceFieldsSchema.parse(await demo.prepare(neverAborted));
    port = postgresConfig(fields).port;
    password = await demo.password();
  });

  afterAll(async () => {
    await demo.stop(2_000);
    await fixture.dispose();
  });

  const rows = (statement: string) => rowsOf(port, password, statement);

  it('tells what it does, with progress that never goes back and ends at running', () => {
    for (const status of told) demoStatusSchema.parse(status);
    const steps = told.flatMap((status) => ('step' in status ? [status] : []));
    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['creating']));
    expect(new Set(steps.map(({ step }) => step)).size).toBeGreaterThanOrEqual(8);
    const progress = steps.map((status) => status.progress);
    expect(progress).toEqual([...progress].sort((left, right) => left - right));
    expect(told.at(-1)).toMatchObject({ status: 'running', port });
  });

  it('has the application tables with exactly their columns and rows', async () => {
    const counts = await rows(`
      SELECT t.name, (SELECT count(*)::int FROM information_schema.columns WHERE table_schema = 'public' AND table_name = t.name),
             (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM public.%I', t.name), false, true, '')))[1]::text::int
      FROM (VALUES ('User'), ('Session'), ('DataSource'), ('AuditLog')) AS t (name)`);
    expect(counts).toEqual([
      ['User', 8, 3],
      ['Session', 9, 0],
      ['DataSource', 21, 5],
      ['AuditLog', 10, 47],
    ]);
  });

  it('has 250,000 rows in the shop, spread over every partition', async () => {
    const counts = await rows(`
      SELECT 'customers', count(*)::int FROM sales.customers UNION ALL SELECT 'products', count(*)::int FROM sales.products
      UNION ALL SELECT 'orders', count(*)::int FROM sales.orders UNION ALL SELECT 'order_items', count(*)::int FROM sales.order_items
      UNION ALL SELECT 'events', count(*)::int FROM sales.events`);
    expect(Object.fromEntries(counts)).toEqual({
      customers: 5_000,
      products: 1_000,
      orders: 40_000,
      order_items: 104_000,
      events: 100_000,
    });
    const partitions = await rows('SELECT DISTINCT tableoid::regclass::text FROM sales.events');
    expect(partitions).toHaveLength(9);
  });

  it('agrees with itself: each order is the sum of its lines less its discount', async () => {
    const wrong = await rows(`
      SELECT o.id FROM sales.orders AS o JOIN sales.order_items AS i ON i.order_id = o.id GROUP BY o.id
      HAVING abs(o.total - sum(i.line_total) * (100 - coalesce(o.discount_percent, 0)) / 100) > 0.01`);
    expect(wrong).toEqual([]);
  });

  it('explains every table, view and column with a comment', async () => {
    const silent = await rows(`
      SELECT c.oid::regclass::text, a.attname FROM pg_class AS c
      JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
      WHERE c.relnamespace IN ('public'::regnamespace, 'sales'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm')
        AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)`);
    expect(silent).toEqual([]);
  });

  it('has estimates at once for every table that has rows', async () => {
    const missing = await rows(`
      SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p', 'm') AND reltuples < 0
        AND relnamespace IN ('public'::regnamespace, 'sales'::regnamespace)`);
    expect(missing).toEqual([]);
  });

  it('has an object of every sort that the browser shows', async () => {
    const sorts = await rows(`
      SELECT 'relation ' || relkind::text FROM pg_class WHERE relnamespace = 'sales'::regnamespace UNION
      SELECT 'type ' || typtype::text FROM pg_type WHERE typnamespace = 'sales'::regnamespace AND typtype IN ('e', 'd') UNION
      SELECT 'index ' || amname FROM pg_class JOIN pg_am ON pg_am.oid = relam WHERE relkind = 'i' AND relnamespace = 'sales'::regnamespace UNION
      SELECT 'partial index' FROM pg_index WHERE indpred IS NOT NULL UNION
      SELECT 'expression index' FROM pg_index WHERE indexprs IS NOT NULL AND indrelid > 16384 UNION
      SELECT 'constraint ' || contype::text FROM pg_constraint WHERE connamespace = 'sales'::regnamespace AND contype IN ('p', 'f', 'u', 'c') UNION
      SELECT 'generated column' FROM pg_attribute WHERE attgenerated <> '' UNION
      SELECT 'identity column' FROM pg_attribute WHERE attidentity <> ''`);
    expect(sorts.flat().sort()).toEqual(
      [
        ...['relation I', 'relation S', 'relation i', 'relation m', 'relation p', 'relation r', 'relation v'],
        ...[
          'type d',
          'type e',
          'index btree',
          'index brin',
          'index gin',
          'partial index',
          'expression index',
        ],
        ...[
          'constraint c',
          'constraint f',
          'constraint p',
          'constraint u',
          'generated column',
          'identity column',
        ],
      ].sort(),
    );
  });

  it('has object ids that tools take for those of people, not of the system', async () => {
    const lowest = await rows(`
      SELECT least((SELECT min(oid) FROM pg_class WHERE relnamespace = 'sales'::regnamespace),
                   (SELECT oid FROM pg_database WHERE datname = 'dafel_db'), 'dafel_user'::regrole::oid)::int >= 16384`);
    expect(lowest).toEqual([[true]]);
  });

  it('lets its role write everywhere, though it is no superuser', async () => {
    await rows(`INSERT INTO sales.orders (number, customer_id) VALUES ('SO-TEST', 1)`);
    expect(await rows(`DELETE FROM sales.orders WHERE number = 'SO-TEST' RETURNING id`)).toEqual([['40001']]);
    const attributes = await rows(
      'SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = current_user',
    );
    expect(attributes).toEqual([[false, false, false, false]]);
  });

  it('is set to UTC, UTF-8, SCRAM and autovacuum, with checksums', async () => {
    const settings = await rows(`
      SELECT current_setting('timezone'), current_setting('server_encoding'), current_setting('password_encryption'),
             current_setting('autovacuum'), current_setting('data_checksums'), current_setting('fsync'), lower('ÀÉÎ Ж Σ')`);
    expect(settings).toEqual([['UTC', 'UTF8', 'scram-sha-256', 'on', 'on', 'on', 'àéî ж σ']]);
  });

  it('refuses a wrong password, and refuses the superuser whatever the password', async () => {
    await expect(rowsOf(port, 'wrong', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await expect(rowsOf(port, '', 'SELECT 1')).rejects.toThrow();
    const rules = (await readFile(join(fixture.cluster, 'pg_hba.conf'), 'utf8')).split('\n');
    const active = rules.filter((line) => line.trim() !== '' && !line.startsWith('#'));
    expect(active.map((line) => line.split(/\s+/))).toEqual([
      ['host', 'all', 'dafel_user', '127.0.0.1/32', 'scram-sha-256'],
    ]);
  });

  it('listens on the loopback address only, and on no socket in the file system', async () => {
    expect(await listenersOf(await fixture.pid())).toEqual([`127.0.0.1:${port}`]);
  });

  it('keeps its files from other users', async () => {
    expect((await stat(fixture.folder)).mode & 0o077).toBe(0);
    expect((await stat(fixture.cluster)).mode & 0o077).toBe(0);
    expect((await stat(join(fixture.folder, 'server.log'))).mode & 0o077).toBe(0);
  });

  it('has the password in no file, log, command line or environment, however it is written', async () => {
    await expect(rowsOf(port, password, 'SELECT no_such_column')).rejects.toMatchObject({ code: '42703' });
    const spellings = [
      password,
      Buffer.from(password).toString('base64'),
      Buffer.from(password).toString('hex'),
    ];
    const processFiles = [`/proc/${await fixture.pid()}/cmdline`, `/proc/${await fixture.pid()}/environ`];
    expect(await filesThatHold([fixture.folder, ...processFiles], spellings)).toEqual([]);
    // The search finds what is there: the role's name is in the catalogue.
    expect(await filesThatHold([join(fixture.cluster, 'global')], ['dafel_user'])).not.toEqual([]);
  });

  it('writes neither statements nor their values to its log', async () => {
    await expect(rowsOf(port, password, `SELECT 'canary-4711'::int`)).rejects.toMatchObject({
      code: '22P02',
    });
    expect(await readFile(join(fixture.folder, 'server.log'), 'utf8')).not.toContain('canary-4711');
  });
});
