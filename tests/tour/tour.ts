import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
// Types `window.api` for the code that runs in the page.
import type {} from '../../src/renderer/lib/api.ts';
import {
  chooseDemoTable,
  copyTable,
  nextStep,
  pipelineList,
  pipelineSetup,
  scheduleWeekdays,
  shownRun,
} from '../e2e/support/pipelines.ts';
import { expectState, expectTestPassed, failTest, pasteUrl, saveAndConnect } from '../e2e/support/steps.ts';
import { expect, test } from '../e2e/support/test.ts';
import {
  expandRow,
  navigatorRow,
  openRelation,
  openSource,
  openTab,
  settingsTab,
  showSegment,
} from '../e2e/support/window.ts';

const folder = process.env.MOORING_ARTIFACTS ?? join('artifacts', 'tour');
/** Of the window: `MOORING_TOUR_SIZE=1920x1080 npm run tour`. */
const [width = 1280, height = 800] = (process.env.MOORING_TOUR_SIZE ?? '')
  .split('x')
  .filter(Boolean)
  .map(Number);

const revenueQuery = `-- Revenue of each category, the best first
select p.category,
       count(distinct o.id) as orders,
       sum(i.quantity) as items,
       round(sum(i.line_total), 2) as revenue
from sales.orders o
join sales.order_items i on i.order_id = o.id
join sales.products p on p.id = i.product_id
group by p.category
order by revenue desc;
`;

/** Numbers screenshots by scene and takes each in light and in dark. */
function photographer(page: Page) {
  let scene = 0;
  return async (name: string): Promise<void> => {
    scene += 1;
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      const file = `${String(scene).padStart(2, '0')}-${name}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    }
  };
}

const heading = (text: string): void => console.log(`\n== ${text}\n`);

async function printCopied(app: ElectronApplication, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Copy report' }).click();
  console.log(await app.evaluate(({ clipboard }) => clipboard.readText()));
}

/** What stands in the tree, indented as it is there. */
async function printTree(page: Page): Promise<void> {
  for (const row of await page.getByRole('treeitem').all()) {
    const level = Number(await row.getAttribute('aria-level'));
    const text = (await row.innerText()).replaceAll(/\s+/g, ' ').trim();
    console.log(`${'  '.repeat(level - 1)}${text}`);
  }
}

/** Some ten seconds of the queries that browsing causes, in waves, so that there is something to watch. */
async function countRowsAgainAndAgain(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const answer = await window.api.calls.dataSources.list(crypto.randomUUID(), null);
    const id = answer.ok ? answer.value.dataSources[0]?.dataSource.id : undefined;
    if (id === undefined) throw new Error('There is no data source to count in');
    for (let wave = 1; wave <= 60; wave += 1) {
      const relation = { schema: 'sales', name: wave % 3 === 0 ? 'events' : 'orders' };
      const count = () => window.api.calls.schema.countRows(crypto.randomUUID(), { id, relation });
      for (let round = 0; round < 8; round += 1)
        await Promise.all(Array.from({ length: 1 + (wave % 5) }, count));
    }
  });
}

/** The demo API: from the wizard to its rows, the settings of a resource, and a single request. */
async function showApi(page: Page, photograph: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'New data source' }).first().click();
  await photograph('kinds');
  await page.getByRole('button', { name: /^Use demo API/ }).click();
  await expectTestPassed(page, 60_000);
  await photograph('api-test');
  await saveAndConnect(page);
  await openRelation(page, 'Shop', 'orders');
  await expect(page.getByRole('gridcell').filter({ visible: true }).first()).toBeVisible();
  await photograph('api-rows');
  await navigatorRow(page, 'orders').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Edit resource…' }).click();
  await expect(page.getByText(/records on the first page/)).toBeVisible();
  await photograph('resource');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new request');
  await page.keyboard.press('Enter');
  await page.getByLabel('Path', { exact: true }).filter({ visible: true }).fill('/customers');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('200 OK').filter({ visible: true })).toBeVisible();
  await photograph('request');
}

/** A pipeline: from the menu of a table to its first run. */
async function showPipeline(page: Page, photograph: (name: string) => Promise<void>): Promise<void> {
  const setup = pipelineSetup(page);
  await copyTable(page, 'orders');
  await expect(setup.getByRole('table', { name: 'First rows' })).toBeVisible();
  await nextStep(page);
  await setup.getByLabel('Name of status').fill('state');
  await expect(setup.getByRole('columnheader', { name: /^state/ })).toBeVisible();
  await photograph('pipeline-columns');
  await nextStep(page);
  await chooseDemoTable(page, 'orders_copy');
  await expect(setup.getByText(/CREATE TABLE/i)).toBeVisible();
  await photograph('pipeline-plan');
  await nextStep(page);
  await scheduleWeekdays(page);
  await expect(setup.getByText(/Monday through Friday/)).toBeVisible();
  await photograph('pipeline-schedule');
  await setup.getByRole('button', { name: 'Save and run' }).click();
  await expect(shownRun(page).getByText('Succeeded', { exact: true })).toBeVisible({ timeout: 60_000 });
  await photograph('pipeline-run');
  await page.keyboard.press('Control+Shift+P');
  await expect(pipelineList(page)).toBeVisible();
  await photograph('pipelines');
  for (const tab of ['Pipelines', /^orders → /]) {
    await openTab(page, tab).click();
    await page.keyboard.press('Control+w');
    await expect(openTab(page, tab)).toHaveCount(0);
  }
  await openTab(page, /^Demo database/)
    .first()
    .click();
}

test('tour', async ({ launch }) => {
  mkdirSync(folder, { recursive: true });
  const { app, page, close } = await launch();
  await page.setViewportSize({ width, height });
  const photograph = photographer(page);
  await expect(page.getByRole('heading', { name: 'Welcome to Mooring' })).toBeVisible();
  await photograph('welcome');

  heading('Connection test of the demo database (first use creates it)');
  const startedAt = performance.now();
  await page.getByRole('button', { name: 'Use demo database' }).first().click();
  await expectTestPassed(page, 60_000);
  console.log(
    `Created, started, filled and tested in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`,
  );
  await printCopied(app, page);
  await photograph('test');

  await saveAndConnect(page);
  await expect(page.getByText(/^PostgreSQL 18\.\d+$/)).toBeVisible();
  await photograph('overview');

  heading('Schema preview');
  await expandRow(page, 'public');
  await expect(navigatorRow(page, 'User')).toBeVisible();
  await openRelation(page, 'sales', 'orders');
  await showSegment(page, 'Structure');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  await printTree(page);
  await photograph('schema');
  await openRelation(page, 'sales', 'customers');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await photograph('rows');

  await page.getByRole('gridcell').nth(1).click();
  await page.keyboard.press('Control+i');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  await photograph('inspector');
  await page.keyboard.press('Control+i');

  heading('A query');
  await page.keyboard.press('Control+t');
  const editor = page.locator('.cm-content').filter({ visible: true });
  await editor.click();
  await page.keyboard.insertText(revenueQuery);
  await page.keyboard.press('Control+Enter');
  const results = page.getByRole('region', { name: 'Results' }).filter({ visible: true });
  await expect(results.getByRole('gridcell').first()).toBeVisible();
  await results.getByRole('gridcell').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect(page.getByText(/^Copied/).first()).toBeVisible();
  console.log(await app.evaluate(({ clipboard }) => clipboard.readText()));
  await expect(page.getByText(/^Copied/)).toHaveCount(0, { timeout: 15_000 });
  await photograph('query');

  heading('Its plan');
  await editor.click();
  await page.keyboard.press('Control+Shift+E');
  await expect(
    results
      .getByRole('gridcell')
      .filter({ hasText: /Sort|Aggregate/ })
      .first(),
  ).toBeVisible();
  for (const line of await results.getByRole('gridcell').all()) console.log(await line.innerText());
  await photograph('plan');

  await page.keyboard.press('Control+\\');
  await expect(page.getByRole('tablist', { name: /^Open tabs/ })).toHaveCount(2);
  await photograph('split');
  await page.keyboard.press('Control+\\');

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('ord');
  await expect(page.getByRole('option').first()).toBeVisible();
  await photograph('palette');
  await page.keyboard.press('Escape');
  await navigatorRow(page, 'Demo database').first().click();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await photograph('shortcuts');
  await page.keyboard.press('Escape');

  heading('Metrics');
  await openSource(page, 'Demo database');
  await showSegment(page, 'Metrics');
  await expect(page.getByText('Health check round trip')).toBeVisible();
  await countRowsAgainAndAgain(page);
  // Of this tab: those behind it have lists of their own.
  const tiles = page.locator('dl').filter({ visible: true }).first();
  await expect(tiles).toContainText('Queries');
  for (const tile of await tiles.locator('> div').all()) {
    console.log((await tile.innerText()).replaceAll(/\s+/g, ' ').trim());
  }
  await photograph('metrics');

  await showSegment(page, 'Activity');
  await expect(page.getByText('Cache hits').first()).toBeVisible();
  await photograph('activity');

  await showSegment(page, 'Statements');
  await page
    .getByRole('row', { name: /select/ })
    .first()
    .click();
  await photograph('statements');

  await showPipeline(page, photograph);
  await showApi(page, photograph);

  heading('A test that fails');
  await pasteUrl(page, 'postgresql://analyst:secret@db.invalid:5432/warehouse');
  await failTest(page, /.+/);
  await printCopied(app, page);
  await photograph('failure');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectState(page, 'Connected');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settingsTab(page)).toBeVisible();
  await photograph('settings');
  await page.getByRole('tab', { name: 'Monitoring' }).click();
  await photograph('monitoring');
  await page.getByRole('tab', { name: 'Tracing' }).click();
  await photograph('tracing');
  for (const [search, tab] of [
    ['query history', 'History'],
    ['log', 'Log'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(search);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tabpanel', { name: tab }).locator('[role=option]').first()).toBeVisible();
    await photograph(tab.toLowerCase());
  }
  await page.getByText('Operations', { exact: true }).click();
  const operations = page.getByRole('listbox', { name: 'Operations, newest first' });
  await operations
    .getByRole('option', { name: /dataSources\.test|schema\./ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Selected operation' })).toBeVisible();
  await photograph('operations');

  for (const [command, dialog] of [
    ['Audit trail', 'Audit trail'],
    ['Copy diagnostics', 'Diagnostics'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(command);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await photograph(command.toLowerCase().replace(' ', '-'));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await close();
});
