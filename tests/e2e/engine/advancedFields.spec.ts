import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import { closedPort } from '../support/servers.ts';
import { pasteUrl } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

const openAdvanced = (page: Page) => page.getByRole('button', { name: 'Pool and time-outs' }).click();

test.describe('the leak watch and the idle transaction time-out', () => {
  test.beforeEach(async ({ mooring: { page } }) => {
    await pasteUrl(page, `postgresql://ann:pw@127.0.0.1:${await closedPort()}/shop?sslmode=disable`);
    await openAdvanced(page);
  });

  test('are saved and shown again, a leak that stays as an empty field', async ({ mooring: { page } }) => {
    await expect(page.getByLabel('Close leaked connections after')).toHaveValue('');
    await page.getByLabel('Report leaked connections after').fill('5');
    await page.getByLabel('Close leaked connections after').fill('90');
    await page.getByLabel('Idle transaction time-out').fill('1.5');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();

    await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
    await openAdvanced(page);
    await expect(page.getByLabel('Report leaked connections after')).toHaveValue('5');
    await expect(page.getByLabel('Close leaked connections after')).toHaveValue('90');
    await expect(page.getByLabel('Idle transaction time-out')).toHaveValue('1.5');
    await page.getByLabel('Close leaked connections after').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
    await openAdvanced(page);
    await expect(page.getByLabel('Close leaked connections after')).toHaveValue('');
  });

  test('say what they may be, and the first wrong one has the focus', async ({ mooring: { page } }) => {
    await page.getByLabel('Close leaked connections after').fill('soon');
    await page.getByLabel('Idle transaction time-out').fill('0');
    await expect(page.getByText('From 1 to 86,400 seconds, or empty for never')).toBeVisible();
    await expect(page.getByText('From 1 to 86,400 seconds', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByLabel('Close leaked connections after')).toBeFocused();
    await expectAccessible(page, 'wrong pool settings');
  });

  test('are reached by Tab in the order they stand in', async ({ mooring: { page } }) => {
    await page.getByLabel('Minimum connections').focus();
    for (const label of [
      'Maximum connections',
      'Close idle connections after',
      'Wait for a connection',
      'Report leaked connections after',
      'Close leaked connections after',
      'Connection time-out',
      'Query time-out',
      'Idle transaction time-out',
    ]) {
      await page.keyboard.press('Tab');
      await expect(page.getByLabel(label)).toBeFocused();
    }
  });
});
