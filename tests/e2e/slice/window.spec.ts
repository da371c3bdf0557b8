import { expectState, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigatorFilter, openRelation, openTab, statusBar } from '../support/window.ts';

test('the window in daily use: find, cells, notices, and the same place after a restart', async ({
  launch,
}) => {
  const { app, page, close } = await launch();
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await testDemo(page);
  await saveAndConnect(page);

  await test.step('Find goes to the filter of the navigator while nothing in front has one', async () => {
    await page.keyboard.press('Control+f');
    await expect(navigatorFilter(page)).toBeFocused();
  });

  const grid = page.getByRole('grid');
  const selected = grid.locator('[aria-selected="true"]');
  await test.step('Shift, Ctrl+A and row numbers select cells and nothing else', async () => {
    await openRelation(page, 'public', 'User');
    await expect(statusBar(page).getByText('3 rows', { exact: true })).toBeVisible();
    await grid.getByRole('gridcell').first().click();
    await expect(selected).toHaveCount(1);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(selected).toHaveCount(4);
    await page.keyboard.press('Control+c');
    await expect
      .poll(async () => (await copied()).split('\n').map((line) => line.split('\t').length))
      .toEqual([2, 2]);
    await grid.getByRole('rowheader').nth(2).click();
    await grid
      .getByRole('rowheader')
      .nth(1)
      .click({ modifiers: ['Shift'] });
    const rowLength = Number(await grid.getAttribute('aria-colcount')) - 1;
    await page.keyboard.press('Control+c');
    await expect
      .poll(async () => (await copied()).split('\n').map((line) => line.split('\t').length))
      .toEqual([rowLength, rowLength]);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await expect.poll(async () => (await copied()).split('\n').length).toBe(3);
    expect(await page.evaluate(() => getSelection()?.toString() ?? '')).toBe('');
    await page.keyboard.press('Escape');
    await expect(selected).toHaveCount(0);
  });

  await test.step('at most one notice is on the screen', async () => {
    await grid.getByRole('gridcell').first().click();
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+c');
    await expect(page.getByText(/^Copied 1 cell/)).toHaveCount(1);
  });

  await close();
  await test.step('a restart shows the same tabs, with the same one in front', async () => {
    const again = await launch();
    await expect(openTab(again.page, /^Demo database/)).toBeVisible();
    await expect(openTab(again.page, 'User')).toHaveAttribute('aria-selected', 'true');
    await expectState(again.page, 'Not connected');
  });
});
