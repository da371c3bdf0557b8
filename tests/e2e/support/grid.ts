import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';

/** The grid in front, and what a person does in it. */

export const grid = (page: Page): Locator => page.getByRole('grid').filter({ visible: true });
export const cells = (page: Page): Locator => grid(page).getByRole('gridcell');
export const header = (page: Page, name: string): Locator =>
  grid(page)
    .getByRole('columnheader')
    .filter({ has: page.getByText(name, { exact: true }) });

/** A cell by its row and column, counted from 1. */
export const cellAt = (page: Page, row: number, column: number): Locator =>
  grid(page).locator(`[aria-rowindex="${row + 1}"] [aria-colindex="${column + 1}"]`);

/** The head of a row. */
export const rowHead = (page: Page, row: number): Locator =>
  grid(page)
    .locator(`[aria-rowindex="${row + 1}"]`)
    .getByRole('rowheader');

/** What is on the clipboard. */
export async function clipboard(app: ElectronApplication): Promise<string> {
  for (;;) {
    try {
      return await app.evaluate(({ clipboard: board }) => board.readText());
    } catch (error) {
      // Playwright loses an answer now and then when main collects its garbage.
      if (!String(error).includes('garbage collected')) throw error;
    }
  }
}

/** Copies what is selected in the grid, and gives it as it is on the clipboard then. */
export async function copied(app: ElectronApplication, page: Page): Promise<string> {
  const mark = `before ${crypto.randomUUID()}`;
  await app.evaluate(({ clipboard: board }, text) => board.writeText(text), mark);
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(app)).not.toBe(mark);
  return clipboard(app);
}
