import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import { clipboard } from '../support/grid.ts';
import { failTest, pasteUrl, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openTab } from '../support/window.ts';

const lines = (page: Page) => page.getByRole('listbox', { name: 'Log lines, newest first' });
const operations = (page: Page) => page.getByRole('listbox', { name: 'Operations, newest first' });
const detail = (page: Page) => page.getByRole('region', { name: 'Selected line' });

async function openLog(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('log');
  await page.getByRole('option', { name: /^Log/ }).first().click();
  await expect(openTab(page, 'Log')).toHaveAttribute('aria-selected', 'true');
}

test('the log: an error leads to its lines, they come as they are written, and are found again', async ({
  mooring: { app, page },
}) => {
  test.setTimeout(120_000);
  await testDemo(page);
  await saveAndConnect(page);

  await test.step('an error in a dialog leads to its lines, above the dialog, without its password', async () => {
    await pasteUrl(page, 'postgres://nobody:hidden-word@127.0.0.1:1/nothing');
    await failTest(page, /./);
    await page.getByRole('alert').getByRole('button', { name: 'Show in log' }).click();
    const dialog = page.getByRole('dialog', { name: 'Log' });
    await expect(dialog.getByText('One operation')).toBeVisible();
    await expect(lines(page).getByRole('option').first()).toBeVisible();
    await lines(page).getByRole('option').last().click();
    await expect(detail(page)).toBeVisible();
    await expectAccessible(page, 'the lines of an error');
    await expect(dialog).not.toContainText('hidden-word');
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(dialog).toBeHidden();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Discard/ })
      .click();
  });

  await test.step('an operation shows its parts on one scale of time, and leads to its lines', async () => {
    await openLog(page);
    await page.getByText('Operations', { exact: true }).click();
    await operations(page)
      .getByRole('option', { name: /dataSources\.connect/ })
      .first()
      .click();
    const parts = page.getByRole('region', { name: 'Selected operation' });
    await expect(parts.getByRole('listitem').first()).toContainText('Call dataSources.connect');
    await expect(parts.getByRole('listitem').filter({ hasText: 'Stage auth' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Which operations' }).selectOption('Failed');
    await operations(page)
      .getByRole('option', { name: /dataSources\.test/ })
      .click();
    await expect(parts.getByRole('listitem').filter({ hasText: 'CONNECTION_REFUSED' }).first()).toBeVisible();
    await expectAccessible(page, 'an operation with its parts');
    await parts.getByRole('button', { name: 'Show its log lines' }).click();
    await expect(page.getByText('One operation')).toBeVisible();
    await expect(lines(page).getByRole('option').first()).toContainText('Connection test failed');
  });

  await test.step('new lines stand on top, and wait while one reads another', async () => {
    await page.getByRole('button', { name: 'Show all operations' }).click();
    const newest = lines(page).getByRole('option').first();
    await page.evaluate(() => void Promise.reject(new Error('Something new in the window')));
    await expect(newest).toContainText('Something new in the window');
    await newest.click();
    await expect(detail(page)).toContainText('Something new in the window');
    await page.evaluate(() => void Promise.reject(new Error('And one more')));
    await page.getByRole('button', { name: '1 new line' }).click();
    await expect(newest).toContainText('And one more');
  });

  await test.step('they are found by word and level, and copied as they stand in the file', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('one more');
    await expect(lines(page).getByRole('option')).toHaveCount(1);
    await page.getByRole('button', { name: 'Copy all lines shown' }).click();
    await expect
      .poll(async () => JSON.parse(await clipboard(app)))
      .toMatchObject({
        level: 'error',
        scope: 'page',
        error: { message: 'And one more' },
      });
    await page.getByRole('textbox', { name: 'Search the log' }).fill('nowhere to be found');
    await page.getByRole('button', { name: 'Show all lines' }).click();
    await expect(lines(page).getByRole('option').nth(1)).toBeVisible();
    await expectAccessible(page, 'the log');
  });

  await test.step('how much a module writes is chosen, and holds at once', async () => {
    await page.getByRole('button', { name: 'What is written' }).click();
    await page.getByRole('combobox', { name: 'page', exact: true }).selectOption('Error');
    await page.getByRole('combobox', { name: 'All other modules' }).selectOption('Error');
    await expectAccessible(page, 'what is written');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Module', exact: true }).selectOption('page');
    await expect(lines(page).getByRole('option')).toHaveCount(2);
  });

  await test.step('a tab that cannot be drawn says so, leaves the window alone, and is drawn again', async () => {
    // No fault of a part of the window can be provoked from outside: something that all lines use is broken.
    await page.evaluate(() => {
      const { toISOString } = Date.prototype;
      Object.assign(window, { mend: () => Object.assign(Date.prototype, { toISOString }) });
      Date.prototype.toISOString = () => {
        throw new Error('Broken on purpose');
      };
    });
    await lines(page).getByRole('option').last().click();
    await expect(page.getByText('This tab cannot be shown')).toBeVisible();
    await openTab(page, 'Demo database').click();
    await expect(page.getByRole('radio', { name: 'Overview' })).toBeChecked();
    await openTab(page, 'Log').click();
    await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(lines(page).getByRole('option').first()).toContainText('Broken on purpose');
  });
});
