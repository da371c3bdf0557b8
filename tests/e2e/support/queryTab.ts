import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { pasteUrl, saveAndConnect, testDemo } from './steps.ts';
import { expect } from './test.ts';

/** What a person sees and does in the query tab in front. */

export const editor = (page: Page): Locator => page.locator('.cm-content').filter({ visible: true });
export const results = (page: Page): Locator =>
  page.getByRole('region', { name: 'Results' }).filter({ visible: true });
/** The result that is shown. */
export const cells = (page: Page): Locator => results(page).getByRole('gridcell').filter({ visible: true });
/** The tabs of messages and results. */
export const resultTabs = (page: Page): Locator => results(page).getByRole('tab');

/** Replaces the text of the editor; the cursor is behind it. */
export async function write(page: Page, text: string): Promise<void> {
  // A dialog that is still closing gives the focus back. Then not by a click: a completion may cover the place.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await editor(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Presses a key that runs something once nothing runs any more: until then it does nothing. */
export async function pressRun(
  page: Page,
  key: 'Control+Enter' | 'Control+Shift+Enter' | 'Control+Shift+E',
): Promise<void> {
  // While a dialog fades away the keyboard is still its own.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(
    page.getByRole('button', { name: 'Run', exact: true }).filter({ visible: true }).first(),
  ).toBeVisible();
  await page.keyboard.press(key);
}

export async function runAll(page: Page, text: string): Promise<void> {
  await write(page, text);
  await pressRun(page, 'Control+Shift+Enter');
}

/** Gives up the statement that runs, and waits until its result says so. */
export async function cancelRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(
    results(page)
      .getByText(/cancelled/i)
      .first(),
  ).toBeVisible();
}

export async function showMessages(page: Page): Promise<void> {
  await results(page)
    .getByRole('tab', { name: /^Messages/ })
    .click();
}

/** The next dialog for a file answers with this path. */
export async function chooseFile(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}

/** Chooses in the menu of the tab's settings. */
export async function choose(page: Page, setting: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: setting }).click();
  await page.getByRole('menuitemradio', { name: choice }).click();
  // What is chosen closes the menu, or leaves it open.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await editor(page).click();
}

/** A query tab on the demo database of a fresh app. */
export async function openDemoQuery(page: Page): Promise<void> {
  await testDemo(page);
  await saveAndConnect(page);
  await page.keyboard.press('Control+t');
  await expect(editor(page)).toBeVisible();
}

/** A query tab on a MariaDB of its own, which the caller disposes of. */
export async function openMariadbQuery(page: Page, sql: readonly string[]): Promise<MysqlCluster> {
  const cluster = await MysqlCluster.start({ product: 'mariadb', sql: ['CREATE DATABASE shop', ...sql] });
  const { host, port, user, password } = cluster;
  await pasteUrl(page, `mariadb://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`);
  await saveAndConnect(page);
  await page.keyboard.press('Control+t');
  await expect(editor(page)).toBeVisible();
  return cluster;
}
