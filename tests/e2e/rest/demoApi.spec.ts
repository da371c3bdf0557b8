import type { Page } from '@playwright/test';
import { answerQuestions } from '../support/answerQuestions.ts';
import { callApi } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import { cellAt, clipboard, header } from '../support/grid.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { expectTestPassed, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  navigatorRow,
  openRelation,
  openTab,
  pointAtRow,
  showSegment,
  statusBar,
} from '../support/window.ts';

const filters = (page: Page) => page.getByRole('region', { name: 'Filters' }).filter({ visible: true });
const effect = (page: Page) =>
  page.getByRole('region', { name: 'Effect on a real answer' }).filter({ visible: true });
const settings = (page: Page) =>
  page.getByRole('region', { name: 'Settings of the resource' }).filter({ visible: true });
const answer = (page: Page) => page.getByRole('region', { name: 'Answer' }).filter({ visible: true });

async function filterBy(page: Page, column: string, operator: string, value: string): Promise<void> {
  await header(page, column).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter…', exact: true }).click();
  await page.getByLabel(`Filter ${column}: Operator`).selectOption({ label: operator });
  await page.getByLabel('Value', { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Apply' }).click();
}

/** What a person can have only after a question: a command that works as it is. */
async function keyOfDemoApi(running: RunningApp): Promise<string> {
  const { app, page } = running;
  await answerQuestions(running, 'yes');
  const sources = await callApi(page, 'dataSources.list', null);
  const id = sources.ok ? sources.value.dataSources[0]?.dataSource.id : undefined;
  if (id === undefined) throw new Error('There is no data source');
  const what = { type: 'resource', relation: { schema: 'Shop', name: 'customers' } } as const;
  await callApi(page, 'requests.copyCurl', { id, what, withSecrets: true });
  const key = /X-API-Key: ''([\w-]{43})'/.exec(await clipboard(app))?.[1];
  if (key === undefined) throw new Error('The command has no key');
  return key;
}

test('the demo API: from the wizard to filtered rows, an edited resource and a request', async ({
  mooring,
  userData,
}) => {
  // The demo database is created first.
  test.setTimeout(240_000);
  const { page } = mooring;
  await page.setViewportSize({ width: 1280, height: 800 });

  await test.step('the wizard fills itself in, and its test reads a first page', async () => {
    await page.getByRole('button', { name: 'New data source' }).first().click();
    await page.getByRole('button', { name: /^Use demo API/ }).click();
    await expectTestPassed(page, 120_000);
    await saveAndConnect(page);
  });

  await test.step('resources are relations, in their group', async () => {
    await openRelation(page, 'Shop', 'orders');
    await expect(navigatorRow(page, 'products')).toBeVisible();
    await pointAtRow(page, 'customers');
    await page.keyboard.press('ArrowRight');
    await expect(navigatorRow(page, 'orders_of_customer')).toHaveAttribute('aria-level', '4');
    await openTab(page, 'orders').first().click();
    await expect(cellAt(page, 1, 1)).toHaveText('1');
  });

  await test.step('rows come as far as somebody scrolls', async () => {
    const loaded = statusBar(page).getByText(/^[\d,]+ rows so far$/);
    const before = (await loaded.textContent()) ?? '';
    await cellAt(page, 1, 1).click();
    await page.keyboard.press('Control+End');
    await expect(loaded).not.toHaveText(before);
  });

  await test.step('a filter goes to the API where it has a parameter for it, else it is applied here', async () => {
    await filterBy(page, 'status', 'is', 'returned');
    await expect(filters(page)).toContainText('status is returned');
    await expect(filters(page)).toContainText('by the API');
    await expect(cellAt(page, 1, 4)).toHaveText('returned');
    await filterBy(page, 'total', 'greater than', '500');
    await expect(filters(page)).toContainText('on this computer');
    await expect(statusBar(page).getByText(/rows matching the filters/)).toBeVisible({ timeout: 60_000 });
    await expect(cellAt(page, 1, 4)).toHaveText('returned');
  });

  await test.step('the order of all rows that match is made here', async () => {
    await header(page, 'total').click();
    await expect(header(page, 'total')).toHaveAttribute('aria-sort', 'ascending');
    await expect(filters(page)).toContainText('Sorted on this computer, over all rows');
    await expect.poll(async () => Number(await cellAt(page, 1, 7).textContent())).toBeGreaterThan(500);
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  await test.step('its structure is known', async () => {
    await showSegment(page, 'Structure');
    await expect(page.getByRole('rowheader', { name: /^customer_id/ })).toBeVisible();
    await showSegment(page, 'Rows');
  });

  await test.step('records are counted where the API tells their number', async () => {
    await openTab(page, 'customers').click();
    await page.getByRole('button', { name: 'Count exactly' }).filter({ visible: true }).click();
    await expect(page.getByText('5,000 rows', { exact: true }).filter({ visible: true })).toBeVisible();
    await openTab(page, 'orders').first().click();
  });

  await editResource(page);
  await sendRequest(mooring);

  await test.step('the key is in no file', async () => {
    const key = await keyOfDemoApi(mooring);
    expect(filesWithSecret(userData, key)).toEqual([]);
  });
});

async function editResource(page: Page): Promise<void> {
  await test.step('each setting of a resource shows what it does to a real answer', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Edit resource…' }).click();
    await expect(effect(page).getByRole('table', { name: 'First records' })).toBeVisible();
    await expectAccessible(page, 'the editor of a resource');
    const selector = settings(page).getByLabel('Record selector');
    await selector.fill('date');
    await expect(effect(page).getByRole('alert')).toContainText('“date”');
    await expect(effect(page).getByRole('alert')).toContainText('“data”');
    await selector.fill('data');
    await expect(effect(page).getByRole('table', { name: 'First records' })).toBeVisible();
  });

  await test.step('it is saved under another name, and the navigator shows it', async () => {
    await settings(page).getByLabel('Name', { exact: true }).fill('purchases');
    await expect(page.getByText('Unsaved changes').filter({ visible: true })).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(navigatorRow(page, 'purchases').first()).toBeVisible();
    await expect(openTab(page, 'purchases').first()).toBeVisible();
  });
}

async function sendRequest({ app, page }: RunningApp): Promise<void> {
  await test.step('a single request is answered, with every digit', async () => {
    await page.keyboard.press('Control+t');
    await page.getByLabel('Path', { exact: true }).filter({ visible: true }).fill('/customers');
    await page.keyboard.press('Control+Enter');
    await expect(answer(page).getByText('200 OK')).toBeVisible();
    // A zero at the end is the first thing that a number loses.
    await expect(answer(page)).toContainText(/"credit_limit": \d+\.\d0,/);
    await expectAccessible(page, 'an answered request');
  });

  await test.step('what could change something is not sent to a read-only data source', async () => {
    await page.getByLabel('Method', { exact: true }).filter({ visible: true }).selectOption('POST');
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await page.getByLabel('Method', { exact: true }).filter({ visible: true }).selectOption('GET');
  });

  await test.step('it is copied as curl without the key', async () => {
    await page.getByRole('button', { name: 'More actions' }).filter({ visible: true }).last().click();
    await page.getByRole('menuitem', { name: 'Copy as curl', exact: true }).click();
    await expect.poll(() => clipboard(app)).toContain('/customers');
    expect(await clipboard(app)).not.toMatch(/[\w-]{43}/);
  });
}
