import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

/** Replaces the text of the editor. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').filter({ visible: true }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('a file that another program has changed is not replaced without a question', async ({
  mooring: { app, page, userData },
}) => {
  const path = join(userData, 'report.sql');
  await expect(page.getByRole('heading', { name: 'Welcome to Mooring' })).toBeVisible();
  await page.keyboard.press('Control+t');
  await write(page, 'select 1');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('select 1');
  writeFileSync(path, 'of another program');
  await write(page, 'select 2');
  await page.keyboard.press('Control+s');
  const question = page.getByRole('dialog');
  await expect(question).toContainText('The file was changed by another program');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(readFileSync(path, 'utf8')).toBe('of another program');
  await page.keyboard.press('Control+s');
  await question.getByRole('button', { name: 'Replace the file' }).click();
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('select 2');
});
