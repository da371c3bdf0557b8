import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import {
  chooseDemoTable,
  copyTable,
  nextStep,
  pipelineList,
  pipelineSetup,
  scheduleWeekdays,
  setupField,
} from '../support/pipelines.ts';
import { saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { expandRow, openTab } from '../support/window.ts';

const row = (page: Page, name: string) =>
  pipelineList(page)
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });

test('a pipeline is made from a table, and listed with its schedule', async ({ mooring }) => {
  // The demo database is created first.
  test.setTimeout(300_000);
  const { page } = mooring;
  await page.setViewportSize({ width: 1280, height: 800 });
  await testDemo(page);
  await saveAndConnect(page);

  await test.step('the list says what a pipeline is for', async () => {
    await page.keyboard.press('Control+Shift+P');
    await expect(page.getByRole('heading', { name: 'No pipelines yet' })).toBeVisible();
    await expectAccessible(page, 'the empty list of pipelines');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('the menu of a table begins one, with its first rows', async () => {
    await expandRow(page, 'sales');
    await copyTable(page, 'orders');
    await expect(setupField(page, 'Table, view or resource')).toHaveValue('sales.orders');
    await expect(pipelineSetup(page).getByRole('table', { name: 'First rows' })).toBeVisible();
    await expectAccessible(page, 'the source of a pipeline');
  });

  await test.step('columns are renamed and masked, and shown as they would arrive', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await nextStep(page);
    await pipelineSetup(page).getByLabel('Name of status').fill('state');
    await pipelineSetup(page).getByLabel('Copy customer_id').uncheck();
    const arriving = pipelineSetup(page).getByRole('table', { name: 'As the rows would arrive' });
    await expect(arriving.getByRole('columnheader', { name: /^state/ })).toBeVisible();
    await expect(arriving.getByRole('columnheader', { name: /^customer_id/ })).toHaveCount(0);
    await expectAccessible(page, 'the columns of a pipeline');
  });

  await test.step('the plan says what the first run makes', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await nextStep(page);
    await chooseDemoTable(page, 'orders_copy');
    const plan = pipelineSetup(page).getByRole('region', { name: 'Plan' });
    await expect(plan.getByText(/CREATE TABLE/i)).toBeVisible();
    await expectAccessible(page, 'the destination of a pipeline');
  });

  await test.step('a schedule is told in words with its next runs; going back loses nothing', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await nextStep(page);
    await setupField(page, 'Name').fill('Orders every morning');
    await scheduleWeekdays(page);
    const preview = pipelineSetup(page).getByRole('region', { name: 'When it will run' });
    await expect(preview.getByRole('status')).toContainText('Monday through Friday');
    await expect(preview.getByRole('listitem')).toHaveCount(5);
    await pipelineSetup(page).getByRole('button', { name: 'Columns' }).click();
    await expect(pipelineSetup(page).getByLabel('Name of status')).toHaveValue('state');
    await pipelineSetup(page).getByRole('button', { name: 'Schedule' }).click();
    await expect(pipelineSetup(page).getByLabel('How often')).toHaveValue('weekdays');
    await expectAccessible(page, 'the schedule of a pipeline');
  });

  await test.step('it is saved, listed, turned off, deleted and brought back', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Control+s');
    await expect(openTab(page, 'Orders every morning')).toBeVisible();
    await page.keyboard.press('Control+Shift+P');
    await expect(row(page, 'Orders every morning')).toContainText('Never run');
    await expectAccessible(page, 'the list of pipelines');
    await page.setViewportSize({ width: 1280, height: 800 });
    await row(page, 'Orders every morning').getByText('Never run').click();
    await page.keyboard.press(' ');
    await expect(row(page, 'Orders every morning').getByRole('switch')).not.toBeChecked();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Delete pipeline' }).click();
    await expect(row(page, 'Orders every morning')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row(page, 'Orders every morning')).toBeVisible();
  });
});
