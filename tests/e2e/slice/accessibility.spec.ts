import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { saveAndConnect, testDemo, treeItem } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

/** What axe finds wrong on the screen, one line each; nothing is left out of its rules. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => window.axe.run());
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}

const looks = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 900, height: 600 },
] as const;

/** Checks the screen as it is, large in light and small in dark. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    for (const { colorScheme, ...size } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      await expect.poll(() => findings(page), { message: `${what}, ${colorScheme}` }).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${what} fits ${size.width} px`).toBe(0);
    }
  });
}

test('axe finds nothing on any screen, large and small, light and dark', async ({ mooring: { page } }) => {
  await expect(page.getByRole('heading', { name: 'Welcome to Mooring' })).toBeVisible();
  await expectAccessible(page, 'welcome');
  await page.getByRole('button', { name: 'Add data source' }).click();
  await expectAccessible(page, 'kind');
  await page.getByRole('button', { name: /^PostgreSQL/ }).click();
  await expectAccessible(page, 'details');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await testDemo(page);
  await expectAccessible(page, 'test');
  await saveAndConnect(page);
  await expectAccessible(page, 'overview');
  await page.getByRole('tab', { name: 'Schema' }).click();
  await treeItem(page, 'sales').click();
  await page.keyboard.press('ArrowRight');
  await treeItem(page, 'orders').click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await expectAccessible(page, 'columns');
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByText(/^First 1,000 rows/)).toBeVisible();
  await expectAccessible(page, 'rows');
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expectAccessible(page, 'metrics');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expectAccessible(page, 'settings');
});
