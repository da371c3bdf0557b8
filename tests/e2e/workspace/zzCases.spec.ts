import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { cellAt, cells, copied, header } from '../support/grid.ts';
import { editor, runAll, write } from '../support/queryTab.ts';
import { expect } from '../support/test.ts';
import { statusBar } from '../support/window.ts';
import { mariadb, postgres, test } from '../support/workspace.ts';

test.describe.configure({ timeout: 200_000 });
const mem = (pid: number) => execFileSync('ps', ['-eo', 'pid,ppid,rss,args', '--sort=-rss']).toString().split('\n').filter((l) => l.includes('electron') && !l.includes('zygote')).slice(0, 4).map((l) => l.trim().split(/\s+/).slice(2, 3) + ' ' + (/--type=\S+/.exec(l)?.[0] ?? 'main')).join(' | ') + ` (of ${pid})`;
const none = async (page: Page) => expect(page.getByRole('dialog')).toHaveCount(0);

test('W10', async ({ workspace }) => {
  const { page } = workspace;
  await workspace.show(postgres);
  await runAll(page, String.raw`SELECT '{"id":1,"ok":false}'::jsonb AS j, '10:45:30'::time AS t, time '08:05' AS u, '$2y$10$abc' AS h, "a:b" FROM (SELECT 1 AS "a:b") q;`);
  await expect(cells(page)).toHaveText(['{"id": 1, "ok": false}', '10:45:30', '08:05:00', '$2y$10$abc', '1']);
  await none(page);
  await runAll(page, `SELECT '{"a":1}'::jsonb ? 'a' AS w, '{"a":1}'::jsonb ?| array['b','a'] AS x, '["a"]'::jsonb ?& array['a'] AS y, '{"a":[1]}'::jsonb @? '$.a[*]' AS z, (ARRAY[10,20,30])[1:2] AS s1, (ARRAY[10,20,30])[2:] AS s2, (ARRAY[10,20,30])[:2] AS s3, a[lo:hi] AS s4 FROM (SELECT ARRAY[10,20,30] AS a, 1 AS lo, 2 AS hi) v;`);
  await expect(cells(page)).toHaveText(['true', 'true', 'true', 'true', '{10,20}', '{20,30}', '{10,20}', '{10,20}']);
  await none(page);
  await header(page, 's1').click();
  await expect(cells(page).first()).toHaveText('true');
  await none(page);
});

test('W35b', async ({ workspace }) => {
  const { page } = workspace;
  await workspace.show(postgres);
  await runAll(page, 'CREATE SCHEMA sales; CREATE SCHEMA archive; CREATE TABLE sales.client(a_sales int); CREATE TABLE archive.client(b_archive int);');
  await expect(page.getByText('4 done')).toBeVisible();
  await page.keyboard.press('F5');
  await runAll(page, 'SET search_path = archive, public;');
  await page.waitForTimeout(1000);
  await write(page, 'SELECT c. FROM client c');
  await page.keyboard.press('Home');
  for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Space');
  const options = page.locator('.cm-tooltip-autocomplete li');
  await expect(options.first()).toBeVisible();
  console.log('archive:', await options.allTextContents());
  await page.keyboard.press('Escape');
  await runAll(page, 'SET search_path = sales');
  await page.waitForTimeout(1000);
  await write(page, 'SELECT c. FROM client c');
  await page.keyboard.press('Home');
  for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Space');
  await expect(options.first()).toBeVisible();
  console.log('sales:', await options.allTextContents());
  await page.keyboard.press('Escape');
  await runAll(page, 'RESET search_path');
});

test('W23 zero dates', async ({ workspace }) => {
  const { page, app } = workspace;
  await workspace.show(mariadb);
  await runAll(page, `SET sql_mode=''; CREATE TEMPORARY TABLE z (d DATE, t DATETIME); INSERT INTO z VALUES ('0000-00-00', '2024-02-00 00:00:00'); SELECT * FROM z`);
  await expect(cells(page)).toHaveText(['0000-00-00', '2024-02-00 00:00:00']);
  await cellAt(page, 1, 1).click();
  await page.keyboard.press('Shift+Space');
  expect(await copied(app, page)).toBe('0000-00-00\t2024-02-00 00:00:00');
});

test('D1', async ({ workspace }) => {
  const { page, app } = workspace;
  await workspace.show(postgres);
  await runAll(page, `SELECT i AS id, 'pic ' || i AS name, decode(repeat('ab', 3000000), 'hex') AS img FROM generate_series(1, 60) i`);
  await expect(statusBar(page).getByText('60 rows', { exact: true })).toBeVisible({ timeout: 60_000 });
  console.log('D1', await cellAt(page, 1, 3).textContent().then((t) => t?.slice(-40)), mem(app.process().pid ?? 0));
});

test('D2', async ({ workspace }) => {
  const { page, app } = workspace;
  await workspace.show(postgres);
  await runAll(page, `SELECT 1 AS id, repeat('x', 70000000) AS t UNION ALL SELECT 2, 'small'`);
  await expect(cellAt(page, 2, 2)).toHaveText('small', { timeout: 60_000 });
  console.log('D2', await cellAt(page, 1, 2).textContent().then((t) => t?.slice(-40)), mem(app.process().pid ?? 0));
});

test('W33b', async ({ workspace }) => {
  const { page, app } = workspace;
  await workspace.show(postgres);
  await runAll(page, 'SELECT pg_backend_pid()');
  await expect(cells(page)).toHaveCount(1);
  const pid = await cells(page).textContent();
  const t = Date.now();
  await runAll(page, 'SELECT g, repeat(md5(g::text), 8) AS t FROM generate_series(1,3000000) g;');
  await expect(statusBar(page).getByText('3,000,000 rows', { exact: true })).toBeVisible({ timeout: 120_000 });
  console.log('W33b', Date.now() - t, 'ms', mem(app.process().pid ?? 0));
  await runAll(page, 'SELECT pg_backend_pid()');
  await expect(cells(page)).toHaveCount(1);
  expect(await cells(page).textContent()).toBe(pid);
});

test('W28b', async ({ workspace }) => {
  const { page } = workspace;
  await workspace.show(postgres);
  await runAll(page, 'CREATE TABLE parcel (id int)');
  const text = `INSERT INTO parcel (id) VALUES ${Array.from({ length: 230_000 }, (_, i) => `(${i + 100_000})`).join(',')};`;
  console.log('W28b length', text.length);
  let t = Date.now();
  await write(page, text);
  console.log('pasted', Date.now() - t);
  t = Date.now();
  await page.keyboard.press('Control+End');
  await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => setTimeout(r))));
  console.log('end', Date.now() - t);
  for (let i = 0; i < 8; i++) {
    t = Date.now();
    await page.keyboard.press('x');
    await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => setTimeout(r))));
    console.log('key', Date.now() - t);
  }
  for (let i = 0; i < 8; i++) await page.keyboard.press('Backspace');
  t = Date.now();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('230,000 rows').first()).toBeVisible({ timeout: 60_000 });
  console.log('ran', Date.now() - t);
});

test('W28c', async ({ workspace }) => {
  const { app } = workspace;
  let { page } = workspace;
  await workspace.show(postgres);
  const t = Date.now();
  await app.evaluate(({ clipboard }) => clipboard.writeText(Array.from({ length: 1_000_000 }, (_, i) => `INSERT INTO parcel (id, note) VALUES (${i + 1_000_000}, 'a note ${i}');`).join('\n')));
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await expect(editor(page)).toContainText("'a note 999999'", { timeout: 60_000 }).catch(async () => console.log('text:', (await editor(page).textContent())?.slice(0, 200), await page.locator('[role=alert],.mantine-Notification-root').allTextContents()));
  console.log('W28c pasted', Date.now() - t);
  await page.waitForTimeout(3000);
  const t2 = Date.now();
  await workspace.restart();
  page = workspace.page;
  console.log('restarted', Date.now() - t2);
  await workspace.show(postgres);
  await expect(editor(page)).toContainText('INSERT INTO parcel', { timeout: 60_000 });
  console.log('text back', Date.now() - t2, (await editor(page).textContent())?.length);
});
