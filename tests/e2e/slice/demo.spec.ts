import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
// Types `window.api` for the code that runs in the page.
import type {} from '../../../src/renderer/lib/api.ts';
import { readDemoPassword } from '../support/demoPassword.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import { expectState, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  connectShown,
  expandRow,
  expectSegment,
  navigatorFilter,
  navigatorRow,
  openRelation,
  openSource,
  openTab,
  showSegment,
  statusBar,
} from '../support/window.ts';

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
    await openRelation(page, 'public', 'User');
    await expect(statusBar(page).getByText('3 rows', { exact: true })).toBeVisible();
    await showSegment(page, 'Structure');
    await expect(page.getByRole('rowheader', { name: /^email/ })).toBeVisible();
    await showSegment(page, 'Definition');
    await expect(page.getByText(/CREATE TABLE public\."User" \(/)).toBeVisible();
    await showSegment(page, 'Structure');
    await page.getByRole('tab', { name: 'Dependencies' }).click();
    const referring = page.getByRole('region', { name: 'Used by' }).getByRole('button', { name: /Session/ });
    await expect(referring).toContainText('Session_userId_fkey');
    await referring.click();
    await expect(openTab(page, /Session/)).toHaveAttribute('aria-selected', 'true');
    await expandRow(page, 'sales');
    for (const relation of ['customers', 'products', 'orders', 'order_items', 'events']) {
      await expect(navigatorRow(page, relation)).toBeVisible();
    }
  });

  await test.step('a filter finds a table in a schema that was not opened, and rows are counted exactly', async () => {
    await navigatorFilter(page).fill('customer');
    await navigatorRow(page, 'customers').click();
    await page.getByRole('button', { name: 'Count exactly' }).click();
    await expect(page.getByText('5,000 rows', { exact: true })).toBeVisible();
    await navigatorFilter(page).fill('');
  });

  await test.step('the metrics move while queries run', async () => {
    await openSource(page, 'Demo database');
    await showSegment(page, 'Metrics');
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
    await expect(openTab(again.page, /^Demo database/)).toHaveAttribute('aria-selected', 'true');
    await expectSegment(again.page, 'Metrics');
    await connectShown(again.page);
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
