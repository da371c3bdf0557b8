import type { Locator, Page } from '@playwright/test';
import { navigatorRow, pointAtRow } from './window.ts';

/** Pipelines by the words on the screen. */

export const pipelineList = (page: Page): Locator => page.getByRole('grid', { name: 'Pipelines' });

export const pipelineSetup = (page: Page): Locator =>
  page.getByRole('region', { name: 'Set-up of the pipeline' });

/** A field that is typed into, not a choice of the same name. */
export const setupField = (page: Page, name: string): Locator =>
  pipelineSetup(page).getByLabel(name, { exact: true }).and(page.locator('input:not([type="radio"])'));

export const nextStep = (page: Page): Promise<void> =>
  pipelineSetup(page).getByRole('button', { name: 'Next', exact: true }).click();

export const shownRun = (page: Page): Locator => page.getByRole('region', { name: 'Selected run' });

/** Begins a pipeline from the menu of a table whose schema is open in the navigator. */
export async function copyTable(page: Page, name: string): Promise<void> {
  await pointAtRow(page, name);
  await navigatorRow(page, name).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy with a pipeline…' }).click();
}

/** The destination of a pipeline: a table of the demo database. */
export async function chooseDemoTable(page: Page, name: string): Promise<void> {
  await setupField(page, 'Data source').click();
  await page.getByRole('option', { name: 'Demo database' }).click();
  await setupField(page, 'Table').fill(name);
}

/** On a schedule, Monday to Friday. */
export async function scheduleWeekdays(page: Page): Promise<void> {
  await pipelineSetup(page).getByText('On a schedule', { exact: true }).click();
  await pipelineSetup(page).getByLabel('How often').selectOption('weekdays');
}
