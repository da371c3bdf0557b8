import { expect, type Locator, type Page } from '@playwright/test';

/** Where things are in the window, so that it is said in one place. */

/** A row of the navigator by its whole name: a data source, a schema, or what is in one. */
export const navigatorRow = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('treeitem', { name, exact: true });

/** The navigator itself. It has the keyboard; its rows are pointed at. */
export const navigator = (page: Page): Locator => page.getByRole('tree', { name: 'Data sources' });

export const navigatorFilter = (page: Page): Locator => page.getByLabel('Filter data sources and tables');

/** Makes a row of the navigator the one that keys are for. */
export async function pointAtRow(page: Page, name: string | RegExp): Promise<void> {
  await navigatorRow(page, name).first().click();
  await navigator(page).focus();
}

/** Opens a row of the navigator, so that what is below it is in the list. */
export async function expandRow(page: Page, name: string): Promise<void> {
  const row = navigatorRow(page, name).first();
  // What has just been connected opens by itself, perhaps in the moment of the click, which closes it then.
  await expect(async () => {
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
    await expect(row).toHaveAttribute('aria-expanded', 'true', { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

/** The strips of open tabs, one for each side of the main area. */
export const tabStrips = (page: Page): Locator => page.getByRole('tablist', { name: /^Open tabs/ });

/** An open tab by its title. */
export const openTab = (page: Page, title: string | RegExp): Locator =>
  tabStrips(page).getByRole('tab', { name: title });

/** The content of the tab in front; a part of it may have tabs of its own. */
const tabContent = (page: Page): Locator =>
  page
    .getByRole('tabpanel')
    .filter({ visible: true, has: page.getByRole('radiogroup') })
    .last();

/** Goes to a part of what the tab in front shows: `Metrics` of a data source, `Structure` of a relation. */
export async function showSegment(page: Page, name: string): Promise<void> {
  await tabContent(page).getByRole('radiogroup').first().getByText(name, { exact: true }).click();
}

export async function expectSegment(page: Page, name: string): Promise<void> {
  await expect(tabContent(page).getByRole('radio', { name, exact: true })).toBeChecked();
}

/** Opens a relation of a connected data source from the navigator. */
export async function openRelation(page: Page, schema: string, name: string): Promise<void> {
  await expandRow(page, schema);
  await navigatorRow(page, name).first().dblclick();
  await expect(openTab(page, name).first()).toHaveAttribute('aria-selected', 'true');
}

/** Opens the tab of a data source from the navigator. */
export async function openSource(page: Page, name: string | RegExp): Promise<void> {
  await navigatorRow(page, name).first().click();
  await expect(openTab(page, name).first()).toHaveAttribute('aria-selected', 'true');
}

/** Connects the data source whose tab is in front. */
export async function connectShown(page: Page): Promise<void> {
  await tabContent(page).locator('header').getByRole('button', { name: 'Connect', exact: true }).click();
}

/** The settings, which are a tab. */
export const settingsTab = (page: Page): Locator =>
  page.getByRole('tabpanel', { name: 'Settings', exact: true });

/** The lowest line of the window. */
export const statusBar = (page: Page): Locator => page.getByRole('region', { name: 'Status bar' });
