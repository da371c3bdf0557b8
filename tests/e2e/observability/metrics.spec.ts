import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { chooseFile, runAll } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openSource, showSegment } from '../support/window.ts';

const chart = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
const table = (page: Page, name: string) => page.getByRole('grid', { name, exact: true });
const reset = (page: Page) => page.getByRole('button', { name: 'Reset zoom' });

/** Chooses in the menu of a chart. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Drags over the middle of a chart. */
async function dragOver(page: Page, name: string): Promise<void> {
  await chart(page, name).scrollIntoViewIfNeeded();
  const box = await chart(page, name).boundingBox();
  if (box === null) throw new Error('The chart is not on the screen');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, y, { steps: 4 });
  await page.mouse.up();
}

test('how a data source is doing is seen, zoomed into, kept still and saved; below it, its server', async ({
  mooring: { app, page, userData },
}) => {
  // A server is made first, and one long screen is checked in two sizes.
  test.setTimeout(180_000);
  const cluster = await PostgresCluster.start({
    sql: ['CREATE TABLE stock (id INT PRIMARY KEY, amount INT)', 'INSERT INTO stock VALUES (1, 10)'],
  });
  try {
    const { host, password, port, user } = cluster;
    await pasteUrl(page, `postgresql://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await saveAndConnect(page);
    await page.keyboard.press('Control+t');
    // One statement that the charts of latency can show.
    await runAll(page, 'SELECT 1; SELECT pg_sleep(0.2); SELECT missing FROM stock;');
    await expect(page.getByText(/column .missing. does not exist/).first()).toBeVisible();
    await openSource(page, /127\.0\.0\.1|postgres/);
    await showSegment(page, 'Metrics');

    await test.step('each chart is a table too, and a cursor that keys move', async () => {
      await choose(page, 'Statements per second', 'Show as table');
      const rows = table(page, 'Statements per second').getByRole('row');
      await expect(rows.filter({ hasText: /^\d\d:\d\d:\d\d[1-9]/ }).first()).toBeVisible();
      await choose(page, 'Statements per second', 'Show as chart');
      await chart(page, 'Errors per second').press('ArrowLeft');
      const spoken = /^\d\d:\d\d:\d\d: yours \d/;
      await expect(chart(page, 'Errors per second')).toHaveAttribute('aria-valuetext', spoken);
      await expect(chart(page, 'Connections')).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d: in use/);
    });

    await test.step('dragging over one chart zooms all of them, and Escape shows all again', async () => {
      await dragOver(page, 'Latency of statements');
      await expect(reset(page)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(reset(page)).toBeHidden();
      await chart(page, 'Connections').focus();
      await page.keyboard.press('+');
      await reset(page).click();
      await expect(reset(page)).toBeHidden();
    });

    await test.step('the picture stands still while it is paused', async () => {
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await expect(page.getByText(/^Paused at/)).toBeVisible();
      await page.getByRole('button', { name: 'Resume', exact: true }).click();
    });

    await test.step('what is shown is saved as CSV and as a picture', async () => {
      const csv = join(userData, 'metrics.csv');
      await chooseFile(app, csv);
      await page.getByRole('button', { name: 'Save as CSV…' }).click();
      await expect(page.getByText('Saved to metrics.csv')).toBeVisible();
      expect(readFileSync(csv, 'utf8')).toMatch(
        /^time,state,connections_in_use,.*\r\n(.*\r\n)*\d{4}-.*,ready,/,
      );
      const png = join(userData, 'chart.png');
      await chooseFile(app, png);
      await choose(page, 'Connections', 'Save as PNG…');
      await expect(page.getByText('Saved to chart.png')).toBeVisible();
      expect(readFileSync(png).subarray(1, 4).toString()).toBe('PNG');
    });

    await test.step('a longer time is one click away', async () => {
      await page.getByRole('radiogroup', { name: 'Time range' }).getByText('7 days').click();
      await expect(page.getByText('One point is 15 minutes')).toBeVisible();
      await page.getByRole('radiogroup', { name: 'Time range' }).getByText('5 min').click();
    });

    await test.step('the server shows who blocks whom', async () => {
      const [holder, waiter] = [1, 2].map(
        () => new pg.Client({ host, port, user, password, database: 'postgres' }),
      );
      if (holder === undefined || waiter === undefined) return;
      await holder.connect();
      await waiter.connect();
      const change = 'UPDATE stock SET amount = amount + 1 WHERE id = 1';
      await holder.query(`BEGIN; ${change}`);
      const waiting = waiter.query(change);
      const server = page.getByRole('region', { name: 'Server' });
      const blocking = server.getByRole('treegrid', { name: 'Blocking (1)' });
      await expect(blocking.getByRole('row').nth(2)).toContainText('Waiting for a lock');
      await expect(server.getByText(/^Sampled in .+, every/)).toBeVisible();
      await expectAccessible(page, 'metrics with a blocked session');
      await blocking.getByRole('row').nth(1).dblclick();
      await expect(page.getByRole('region', { name: 'Selected session' })).toContainText('Blocks');
      await holder.query('COMMIT');
      await waiting;
      await Promise.all([holder.end(), waiter.end()]);
    });
  } finally {
    await cluster.dispose();
  }
});
