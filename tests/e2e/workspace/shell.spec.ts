import type { Locator, Page } from '@playwright/test';
// Types `window.api` for the code that runs in the page.
import type {} from '../../../src/renderer/lib/api.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { callApi } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { grid } from '../support/grid.ts';
import { editor } from '../support/queryTab.ts';
import { expectState, pasteUrl, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  navigator,
  navigatorFilter,
  navigatorRow,
  openRelation,
  openTab,
  settingsTab,
  statusBar,
  tabStrips,
} from '../support/window.ts';

const titles = (page: Page, side = 0) =>
  tabStrips(page)
    .nth(side)
    .getByRole('tab')
    .evaluateAll((tabs) => tabs.map((tab) => (tab.textContent ?? '').split(',')[0]));

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on the screen');
  return box;
}

/** The content of a tab, by its title. */
const panelOf = (page: Page, title: string | RegExp): Locator => page.getByRole('tabpanel', { name: title });

/** The look that checks of accessibility leave is another one. */
async function backToLarge(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

const background = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => getComputedStyle(element).backgroundColor);

/** Opens an empty query for the data source in front, and writes into it. */
async function newQuery(page: Page, text: string): Promise<void> {
  const count = await tabStrips(page).getByRole('tab').count();
  await page.keyboard.press('Control+t');
  await expect(tabStrips(page).getByRole('tab')).toHaveCount(count + 1);
  await editor(page).click();
  await page.keyboard.insertText(text);
}

/** Does what the palette finds first. */
async function choose(page: Page, search: string, found: RegExp): Promise<void> {
  // A key is not taken while what was there before is still going.
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByRole('combobox').fill(search);
  await expect(page.getByRole('option').first()).toHaveText(found);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeHidden();
}

test('the shell: several data sources at once, arranged by hand, guarded, and back after a restart', async ({
  launch,
}) => {
  // Two servers are made first, and the app starts twice.
  test.setTimeout(240_000);
  const mariadb = await MysqlCluster.start({
    product: 'mariadb',
    sql: ['CREATE DATABASE shop', 'CREATE TABLE shop.parcels (id INT PRIMARY KEY, note VARCHAR(20))'],
  });
  try {
    const first = await launch();
    const { app, page, close } = first;
    await page.setViewportSize({ width: 1280, height: 800 });
    await testDemo(page);
    await saveAndConnect(page);
    const { host, port, user, password } = mariadb;
    await pasteUrl(page, `mariadb://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`);
    await page.getByLabel('Name').first().fill('Live shop');
    await page.getByRole('combobox', { name: 'Environment' }).click();
    await page.getByRole('option', { name: 'Production' }).click();
    await page.getByRole('switch', { name: 'Read-only' }).click({ force: true });
    await saveAndConnect(page);

    await test.step('a data source opens with its default database', async () => {
      await expect(navigatorRow(page, 'parcels')).toBeVisible();
    });

    await test.step('production and read-only are told in colour and in words, wherever a statement can be run', async () => {
      await newQuery(page, 'select 1 as live');
      const bar = page.getByRole('toolbar', { name: 'Query', exact: true }).filter({ visible: true });
      const strip = tabStrips(page).first().locator('xpath=ancestor::*[@data-environment]');
      const tinted = [await background(strip), await background(bar), await background(statusBar(page))];
      await expect(openTab(page, /^query 1/)).toHaveAccessibleName(/Production, Read-only/);
      for (const place of [bar, statusBar(page)]) {
        await expect(place.getByText('Production', { exact: true })).toBeVisible();
        await expect(place.getByText('Read-only', { exact: true })).toBeVisible();
      }
      await openRelation(page, 'shop', 'parcels');
      const path = page.getByRole('navigation', { name: 'Where this is' }).filter({ visible: true });
      await expect(path.getByText('Production', { exact: true })).toBeVisible();
      await expect(path.getByText('Read-only', { exact: true })).toBeVisible();
      await expectAccessible(page, 'a table on production');
      await backToLarge(page);
      await navigatorRow(page, 'Demo database').click();
      await newQuery(page, 'select 1 as demo');
      await expect(statusBar(page).getByText('Production', { exact: true })).toBeHidden();
      const plain = [await background(strip), await background(bar), await background(statusBar(page))];
      expect(tinted.map((colour, index) => colour !== plain[index])).toEqual([true, true, true]);
    });

    await test.step('the grid has most of the window, and is of use in a small one', async () => {
      await openRelation(page, 'sales', 'orders');
      await expect(grid(page).getByRole('gridcell').first()).toBeVisible();
      const { width, height } = await boxOf(grid(page));
      expect((width * height) / (1280 * 800)).toBeGreaterThanOrEqual(0.7);
      await page.setViewportSize({ width: 900, height: 600 });
      await expect.poll(async () => (await boxOf(grid(page))).width).toBeGreaterThanOrEqual(640);
      expect((await boxOf(grid(page))).height).toBeGreaterThanOrEqual(450);
      await page.keyboard.press('Control+b');
      await expect(navigator(page)).toBeHidden();
      await expect.poll(async () => (await boxOf(grid(page))).width).toBeGreaterThanOrEqual(890);
      await page.keyboard.press('Control+b');
      await expect(navigator(page)).toBeVisible();
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('tabs are dragged, pinned, closed by key and middle button, and opened again', async () => {
      const opened = ['Demo database', 'query 2', 'orders', 'Live shop', 'query 1', 'parcels'];
      expect(await titles(page)).toEqual(opened);
      const target = { targetPosition: { x: 4, y: 12 }, steps: 12 };
      await openTab(page, 'parcels').dragTo(openTab(page, /^query 2/), target);
      await expect.poll(() => titles(page)).toEqual(['Demo database', 'parcels', ...opened.slice(1, 5)]);
      await openTab(page, 'orders').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Pin', exact: true }).click();
      await expect.poll(async () => (await titles(page))[0]).toBe('orders');
      await openTab(page, 'parcels').click({ button: 'middle' });
      await openTab(page, 'Live shop').click();
      await page.keyboard.press('Control+w');
      await expect.poll(() => titles(page)).toEqual(['orders', 'Demo database', 'query 2', 'query 1']);
      await page.keyboard.press('Control+Shift+t');
      await page.keyboard.press('Control+Shift+t');
      await expect
        .poll(() => titles(page))
        .toEqual(['orders', 'Demo database', 'parcels', 'query 2', 'Live shop', 'query 1']);
    });

    await test.step('two sides stand beside each other, also in a small window', async () => {
      await openTab(page, /^query 1/).click();
      await page.keyboard.press('Control+\\');
      await expect(tabStrips(page)).toHaveCount(2);
      await openTab(page, 'orders').click();
      await page.setViewportSize({ width: 900, height: 600 });
      const left = panelOf(page, 'orders');
      const right = panelOf(page, /^query 1/);
      for (const [side, names] of [
        [left, ['Save rows to a file', 'More']],
        [right, ['Run options', 'More']],
      ] as const) {
        const frame = await boxOf(side);
        expect(frame.width).toBeGreaterThan(300);
        for (const name of names) {
          const { x, width } = await boxOf(side.getByRole('button', { name }).last());
          expect(x + width, name).toBeLessThanOrEqual(frame.x + frame.width);
        }
      }
      await openTab(page, 'Demo database').click();
      const source = panelOf(page, 'Demo database');
      const segments = await boxOf(source.getByRole('radiogroup'));
      const disconnect = await boxOf(source.getByRole('button', { name: 'Disconnect' }));
      expect(segments.width).toBeGreaterThan(200);
      expect(segments.x + segments.width).toBeLessThanOrEqual(disconnect.x);
      expect(disconnect.x + disconnect.width).toBeLessThan((await boxOf(source)).x + 350);
      await expectAccessible(page, 'two sides with a query');
      await backToLarge(page);
    });

    await test.step('one palette finds actions, data sources, and tables of any of them', async () => {
      await choose(page, 'theme dark', /^Theme: dark/);
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
      await choose(page, 'theme light', /^Theme: light/);
      await choose(page, 'live shop', /^Live shop/);
      await expect(openTab(page, 'Live shop')).toHaveAttribute('aria-selected', 'true');
      await choose(page, 'order_items', /^order_items.*Demo database/);
      await expect(openTab(page, 'order_items')).toHaveAttribute('aria-selected', 'true');
      await choose(page, 'change key storage', /^Change key storage/);
      await expect(page.getByRole('dialog', { name: 'Change key storage' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    });

    await test.step('settings are a tab with a search', async () => {
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('searchbox', { name: 'Find a setting' })).toBeFocused();
      await page.keyboard.type('lock passphrase');
      await expect(settingsTab(page).getByRole('heading')).toHaveText(['Vault', 'App lock']);
      await expectAccessible(page, 'settings found');
      await backToLarge(page);
      await page.keyboard.press('Control+w');
      await expect(settingsTab(page)).toBeHidden();
    });

    await test.step('the menu is visible, and does what it says', async () => {
      const labels = await app.evaluate(({ BrowserWindow, Menu }) => {
        const isVisible = BrowserWindow.getAllWindows()[0]?.isMenuBarVisible() ?? false;
        return isVisible ? Menu.getApplicationMenu()?.items.map(({ label }) => label) : null;
      });
      expect(labels).toEqual(['&File', 'Edit', '&View', '&Query', '&Data Source', 'Help']);
      await app.evaluate(({ Menu }) => {
        const help = Menu.getApplicationMenu()?.items.at(-1)?.submenu;
        help?.items.find(({ label }) => label === 'Keyboard Shortcuts')?.click();
      });
      const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await expect(sheet.getByText('Close tab', { exact: true })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(sheet).toBeHidden();
      await navigator(page).focus();
      await page.keyboard.press('Shift+?');
      await expect(sheet).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(sheet).toBeHidden();
    });

    const engines = [
      { name: 'Demo database', query: /^query 2/, begin: 'begin; select 1', sleep: 'select pg_sleep(60)' },
      { name: 'Live shop', query: /^query 1/, begin: 'begin; select 1', sleep: 'select sleep(60)' },
    ];
    for (const { name, query, begin, sleep } of engines) {
      await test.step(`${name}: what runs is seen everywhere, and asked about before it is lost`, async () => {
        const panel = panelOf(page, query);
        const isOpen = panel.getByText('Transaction open');
        const write = async (text: string): Promise<void> => {
          await panel.locator('.cm-content').click();
          await page.keyboard.press('Control+a');
          await page.keyboard.insertText(text);
        };
        await openTab(page, query).click();
        await expectState(page, 'Connected');
        await expect(statusBar(page).getByText(/^\d[\d.,]* m?s$/)).toBeVisible({ timeout: 40_000 });
        await expect(statusBar(page).getByText(/^\d+\/\d+$/)).toBeVisible();
        await expect(navigatorRow(page, name).first()).toHaveAttribute('title', /Connected/);
        await write(begin);
        await page.keyboard.press('Control+Shift+Enter');
        await expect(isOpen).toBeVisible();

        await answerQuestions(first, 'no');
        await app.evaluate(({ app: electron }) => electron.quit());
        await expect.poll(() => questionsAsked(first)).toEqual(['Quit with an open transaction?']);

        await write(sleep);
        await page.keyboard.press('Control+Enter');
        await openTab(page, 'order_items').click();
        const work = statusBar(page).getByRole('region', { name: 'Running work' });
        await expect(work).toContainText('Running query');
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
        await expect
          .poll(async () => (await questionsAsked(first)).at(-1))
          .toBe('Quit with unfinished work?');

        await work.getByRole('button', { name: /^Running query/ }).click();
        await expect(panel).toBeVisible();
        await choose(page, 'disconnect', /^Disconnect/);
        const question = page.getByRole('dialog', { name: `Disconnect “${name}” with unfinished work?` });
        await expect(question.getByRole('button', { name: 'Stay connected' })).toBeFocused();
        await page.keyboard.press('Enter');
        await expect(question).toBeHidden();
        await choose(page, 'delete data source', /^Delete data source/);
        const deleting = page.getByRole('dialog', { name: /^Delete/ });
        await expect(deleting).toContainText('will be rolled back');
        await expect(deleting.getByRole('button', { name: 'Cancel' })).toBeFocused();
        await page.keyboard.press('Escape');
        await expect(deleting).toBeHidden();

        await openTab(page, 'order_items').click();
        await work.getByRole('button', { name: /^Cancel: Running query/ }).click();
        await expect(work).toBeHidden();
        await openTab(page, query).click();
        await panel.getByRole('button', { name: 'Roll back', exact: true }).click();
        await expect(panel.getByText(/^Transaction/)).toBeHidden();
      });
    }

    await test.step('the system that shuts down waits for no answer, and the last words are kept', async () => {
      const panel = panelOf(page, /^query 2/);
      await openTab(page, /^query 1/).click();
      await choose(page, 'customers', /^customers.*Demo database/);
      await openTab(page, /^query 2/).click();
      await panel.locator('.cm-content').click();
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(
        Array.from({ length: 200 }, (_, index) => `-- line ${index + 1}`).join('\n'),
      );
      await page.keyboard.insertText('\nbegin;');
      await page.keyboard.press('Control+Enter');
      await expect(panel.getByText('Transaction open')).toBeVisible();
      await app.evaluate(({ app: electron, dialog }) => {
        dialog.showMessageBox = () => new Promise(() => undefined);
        electron.quit();
      });
      const ended = new Promise((resolve) => app.process().once('exit', resolve));
      await page.keyboard.type(' -- the end');
      app.process().kill('SIGTERM');
      await ended;
    });
    await close();

    await test.step('all comes back: sides, order, pin, text, cursor and scroll', async () => {
      const again = await launch();
      await again.page.setViewportSize({ width: 1280, height: 800 });
      await expect(tabStrips(again.page)).toHaveCount(2);
      await expect
        .poll(() => titles(again.page))
        .toEqual(['orders', 'Demo database', 'parcels', 'query 2', 'Live shop', 'order_items']);
      expect(await titles(again.page, 1)).toEqual(['query 1', 'customers']);
      const panel = panelOf(again.page, /^query 2/);
      await expect(panel.locator('.cm-content')).toContainText('begin; -- the end');
      await expect(panel.locator('.cm-activeLineGutter', { hasText: '201' })).toBeVisible();
      await choose(again.page, 'connect', /^Connect/);
      await expect(panelOf(again.page, 'customers').getByRole('gridcell').first()).toBeVisible();
      await expect(panel).toBeVisible();
    });
  } finally {
    await mariadb.dispose();
  }
});

test('the navigator and the palette stay small with a thousand data sources and ten thousand tables', async ({
  mooring: { page },
}) => {
  // A server with so many tables is made first.
  test.setTimeout(240_000);
  const batches = Array.from(
    { length: 10 },
    (_, batch) =>
      `DO $$ BEGIN FOR i IN ${batch * 1_000}..${batch * 1_000 + 999} LOOP EXECUTE format('CREATE TABLE t%s ()', to_char(i, 'FM00000')); END LOOP; END $$`,
  );
  const cluster = await PostgresCluster.start({
    hba: ['host all all 127.0.0.1/32 trust'],
    sql: batches,
  });
  try {
    const saved = await callApi(page, 'dataSources.save', {
      id: null,
      fields: someFields({
        name: 'Many tables',
        host: '127.0.0.1',
        port: cluster.port,
        database: 'postgres',
        user: 'postgres',
      }),
      secrets: typedPassword(cluster.password),
    });
    if (!saved.ok) throw new Error(saved.error.title);
    await page.evaluate(
      async ([fields]) => {
        for (let number = 0; number < 1_000; number += 1) {
          const input = { id: null, fields: { ...fields, name: `Source ${number}` }, secrets: {} };
          const answer = await window.api.calls.dataSources.save(crypto.randomUUID(), input as never);
          // Main takes 200 calls a second.
          if (!answer.ok) number -= 1;
        }
      },
      [someFields({ host: '127.0.0.1' })] as const,
    );
    await navigatorFilter(page).fill('many tables');
    await navigatorRow(page, 'Many tables').dblclick();
    await expectState(page, 'Connected');
    await navigatorFilter(page).fill('t0999');
    await expect(navigatorRow(page, 't09999')).toBeVisible();
    await navigatorFilter(page).fill('');
    const rows = navigator(page).getByRole('treeitem');
    await expect(rows.first()).toBeVisible();
    await navigator(page).focus();
    await page.keyboard.press('End');
    await expect(navigatorRow(page, 'Source 999')).toBeVisible();
    expect(await rows.count()).toBeLessThan(120);
    await page.keyboard.press('Control+p');
    await page.getByRole('combobox').fill('t05432');
    await expect(page.getByRole('option').first()).toContainText('t05432');
    expect(await page.getByRole('option').count()).toBeLessThan(120);
  } finally {
    await cluster.dispose();
  }
});
