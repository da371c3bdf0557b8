import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import { closedPort } from '../support/servers.ts';
import { expectRetrying, expectState, pasteUrl } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigator, navigatorRow, pointAtRow } from '../support/window.ts';

const url = async (database: string) =>
  `postgresql://ann:pw@127.0.0.1:${await closedPort()}/${database}?sslmode=disable`;
/** The row of the navigator that the keyboard is on. */
async function expectPointedAt(page: Page, name: string): Promise<void> {
  await expect(navigator(page)).toBeFocused();
  const id = await navigatorRow(page, name).first().getAttribute('id');
  await expect(navigator(page)).toHaveAttribute('aria-activedescendant', id ?? '');
}

/** Opens the details of a new data source, by keyboard. */
async function openNew(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'New data source' })).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Enter');
}

test.describe('the wizard', () => {
  test('adds a data source by keyboard: the connection text has the focus, Enter saves and connects', async ({
    mooring: { page },
  }) => {
    await openNew(page);
    await expect(page.getByLabel('Connection URL or string')).toBeFocused();
    await page.keyboard.insertText(await url('shop'));
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Database')).toHaveValue('shop');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectRetrying(page);
    await expectPointedAt(page, 'shop on 127.0.0.1');
  });

  test('renames with a new name and Enter, without a server or a test', async ({ mooring: { page } }) => {
    await pasteUrl(page, await url('shop'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectState(page, 'Not connected');
    await expectPointedAt(page, 'shop on 127.0.0.1');
    await page.keyboard.press('F4');
    await expect(page.getByLabel('Name')).toBeFocused();
    await page.keyboard.insertText('Orders');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectPointedAt(page, 'Orders');
    await expectState(page, 'Not connected');
  });

  test('saves with Ctrl+S, and stays with the first wrong field in focus while something is missing', async ({
    mooring: { page },
  }) => {
    await openNew(page);
    await page.getByLabel('Name').fill('Orders');
    await page.keyboard.press('Control+s');
    await expect(page.getByLabel('Database')).toBeFocused();
    await expectAccessible(page, 'incomplete details');
    await page.keyboard.insertText('shop');
    await page.getByLabel('User').fill('ann');
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectState(page, 'Not connected');
  });

  test('shows the result of a test below what was typed, and that it is old once that changes', async ({
    mooring: { page },
  }) => {
    await pasteUrl(page, await url('shop'));
    await page.getByLabel('User').press('Control+Enter');
    await expect(page.getByRole('heading', { name: 'The connection test failed' })).toBeInViewport();
    await expect(page.getByRole('alert')).toContainText('ECONNREFUSED');
    await expect(page.getByLabel('Database')).toBeInViewport();
    await expectAccessible(page, 'a failed test below the details');
    await page.getByLabel('Database').fill('other');
    await expect(page.getByText('Details have changed since this test.')).toBeVisible();
  });

  test('leaves with Escape at once when nothing would be lost, and asks otherwise', async ({
    mooring: { page },
  }) => {
    await openNew(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await openNew(page);
    await page.getByLabel('Name').fill('Orders');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Discard changes?' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByLabel('Name')).toHaveValue('Orders');
  });

  test('shows its titles whole, with everything that hangs below the line', async ({ mooring: { page } }) => {
    await pasteUrl(page, await url('shop'));
    await page.getByLabel('Name').fill('gypsy jog');
    await page.keyboard.press('Control+s');
    await pointAtRow(page, 'gypsy jog');
    await page.keyboard.press('F4');
    const title = page.getByRole('heading', { name: 'Edit “gypsy jog”' });
    await expect(title).toBeVisible();
    expect(await title.evaluate((box) => box.scrollHeight - box.clientHeight)).toBeLessThanOrEqual(0);
  });
});
