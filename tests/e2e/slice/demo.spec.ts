import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
// Types `window.api` for the code that runs in the page.
import type {} from '../../../src/renderer/lib/api.ts';
import { readDemoPassword } from '../support/demoPassword.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import { expectState, saveAndConnect, testDemo, treeItem } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

/** The number a tile of the metrics panel shows. */
const tile = (page: Page, name: string) =>
  page.locator('dl > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
const number = async (page: Page, name: string): Promise<number> =>
  Number.parseFloat((await tile(page, name).textContent()) ?? '');

test('the demo database: from an empty profile to browsing, and again after a restart', async ({
  launch,
  userData,
}) => {
  const { page, close } = await launch();
  await page.setViewportSize({ width: 1280, height: 800 });

  await test.step('the test tells the truth about the server', async () => {
    await testDemo(page);
    for (const fact of ['dafel_db', 'dafel_user', 'UTC', 'UTF8', 'Not encrypted']) {
      await expect(page.getByText(fact, { exact: true }).first()).toBeVisible();
    }
    await expect(page.getByText(/^PostgreSQL 18\.\d+$/)).toBeVisible();
    for (const line of [
      'User (8 columns • 3 rows)',
      'Session (9 columns • 0 rows)',
      'DataSource (21 columns • 5 rows)',
      'AuditLog (10 columns • 47 rows)',
    ]) {
      await expect(page.getByText(line, { exact: true })).toBeVisible();
    }
  });

  await test.step('it is saved, connected and tells about its server and pool', async () => {
    await saveAndConnect(page);
    await expect(page.getByText(/^PostgreSQL 18\.\d+$/)).toBeVisible();
    await expect(page.getByText('2 to 10', { exact: true })).toBeVisible();
  });

  await test.step('the schema can be browsed down to the rows', async () => {
    await page.getByRole('tab', { name: 'Schema' }).click();
    await treeItem(page, 'public').getByText('public', { exact: true }).click();
    await page.keyboard.press('ArrowRight');
    await treeItem(page, 'User').click();
    await expect(page.getByRole('rowheader', { name: /^email/ })).toBeVisible();
    await page.getByRole('tab', { name: 'Rows' }).click();
    await expect(page.getByText('All 3 rows')).toBeVisible();
    // What was read is what the header says, too.
    await expect(page.getByText('3 rows', { exact: true })).toBeVisible();
    await treeItem(page, 'sales').getByText('sales', { exact: true }).click();
    await page.keyboard.press('ArrowRight');
    for (const relation of ['customers', 'products', 'orders', 'order_items', 'events']) {
      await expect(treeItem(page, relation)).toBeVisible();
    }
  });

  await test.step('a filter finds a table in a schema that was not opened, and rows are counted exactly', async () => {
    await page.getByLabel('Find a table or view').fill('customer');
    await treeItem(page, 'customers').click();
    await page.getByRole('button', { name: 'Count exactly' }).click();
    await expect(page.getByText('5,000 rows', { exact: true })).toBeVisible();
    await page.getByLabel('Find a table or view').fill('');
  });

  await test.step('the metrics move while queries run', async () => {
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect(tile(page, 'Queries')).toBeVisible();
    const stop = await page.evaluate(() => {
      const timer = setInterval(async () => {
        const answer = await window.api.calls.dataSources.list(crypto.randomUUID(), null);
        const id = answer.ok ? answer.value.dataSources[0]?.dataSource.id : undefined;
        const relation = { schema: 'public', name: 'User' };
        if (id !== undefined) await window.api.calls.schema.countRows(crypto.randomUUID(), { id, relation });
      }, 50);
      return timer as unknown as number;
    });
    await expect.poll(() => number(page, 'Queries'), { timeout: 10_000 }).toBeGreaterThan(5);
    await page.evaluate((timer) => clearInterval(timer), stop);
    await expect.poll(() => number(page, 'Queries'), { timeout: 10_000 }).toBe(0);
  });

  await test.step('it quits within 5 seconds', async () => {
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  await test.step('after a restart it is there and connects without asking', async () => {
    const again = await launch();
    await expect(again.page.getByRole('heading', { level: 1, name: 'Demo database' })).toBeVisible();
    await expect(again.page.getByRole('tab', { name: 'Metrics' })).toHaveAttribute('aria-selected', 'true');
    await again.page.locator('header').getByRole('button', { name: 'Connect', exact: true }).click();
    await expectState(again.page, 'Connected');
    await again.close();
  });

  await test.step('its password is nowhere on disk', async () => {
    const password = await readDemoPassword(userData);
    expect(filesWithSecret(userData, password)).toEqual([]);
    // The search itself is shown to work on a file that does hold it.
    const planted = join(userData, 'planted');
    writeFileSync(planted, `x${Buffer.from(`${password}y`).toString('base64')}`);
    expect(filesWithSecret(userData, password)).toEqual([planted]);
  });
});
