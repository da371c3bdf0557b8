import type { ElectronApplication, Locator, Page } from '@playwright/test';

/** What a person does in a query tab, and in the grid that its rows and those of tables are shown in. */

export const editor = (page: Page): Locator => page.locator('.cm-content').filter({ visible: true });
export const results = (page: Page): Locator =>
  page.getByRole('region', { name: 'Results' }).filter({ visible: true });

/** Replaces the text of the editor. */
export async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

export async function runAll(page: Page, text: string): Promise<void> {
  await write(page, text);
  await page.keyboard.press('Control+Shift+Enter');
}

/** The next dialog for a file answers with this path. */
export async function chooseFile(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, filePath);
}
