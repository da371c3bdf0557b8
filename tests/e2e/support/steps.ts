import { expect, type Page } from '@playwright/test';

/** What a person does again and again, by the words on the screen. */

/** From the welcome page to a tested draft of the demo database. First use creates the server. */
export async function testDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use demo database' }).first().click();
  await expectTestPassed(page, 120_000);
}

export async function expectTestPassed(page: Page, timeoutMs = 15_000): Promise<void> {
  await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible({
    timeout: timeoutMs,
  });
}

/** From complete details to a data source that is saved and connected. */
export async function saveAndConnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and connect' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectState(page, 'Connected');
}

/** The state of the data source of the tab in front, as the status bar says it. */
export async function expectState(page: Page, state: string, timeoutMs = 15_000): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: new RegExp(`^${state}$`) })).toBeAttached({
    timeout: timeoutMs,
  });
}

/** The selected data source has lost its server and tries again, more and more seldom. */
export async function expectRetrying(page: Page): Promise<void> {
  await expectState(page, '(Reconnecting…|Waiting to retry)');
}

/** Opens the wizard's details with a pasted URL; the password, if any, is in it. */
export async function pasteUrl(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'New data source' }).click();
  await page.getByRole('button', { name: /^PostgreSQL/ }).click();
  await page.getByLabel('Connection URL or string').fill(url);
  await page.getByRole('button', { name: 'Fill in' }).click();
}

/** Runs the test of the wizard's details and waits for its failure. */
export async function failTest(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByRole('alert').getByRole('heading', { level: 3, name: title })).toBeVisible();
}

/** Opens the settings where they tell of passwords. */
export async function openSecurity(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Security' }).click();
}
