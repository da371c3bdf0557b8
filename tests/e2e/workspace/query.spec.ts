import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { chooseFile, editor, results, runAll, write } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openTab, statusBar } from '../support/window.ts';

const cells = (page: Page) => results(page).getByRole('gridcell');

/** Gives up the statement that runs, and waits until its result says so. */
async function cancelRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(
    results(page)
      .getByText(/cancelled/i)
      .first(),
  ).toBeVisible();
}

test('statements are written, run and understood', async ({ mooring: { app, page, userData } }) => {
  // A server is made first, then a million rows are read, and six screens are checked in two sizes.
  test.setTimeout(180_000);
  await testDemo(page);
  await saveAndConnect(page);
  await page.keyboard.press('Control+t');
  await expect(editor(page)).toBeVisible();

  await test.step('the statement at the cursor runs, and nothing else', async () => {
    await write(page, "select 'first' as a;\n\nselect 'second' as b");
    await page.keyboard.press('Control+Enter');
    await expect(cells(page)).toHaveText(['second']);
    await expect(statusBar(page).getByText('1 row', { exact: true })).toBeVisible();
  });

  await test.step('several give several results, in order', async () => {
    await page.keyboard.press('Control+Shift+Enter');
    await expect(results(page).getByRole('tab')).toHaveCount(3);
    await expectAccessible(page, 'results of a query');
  });

  await test.step('a key does in a line of 200,000 characters what it does in any other', async () => {
    await write(page, `select ${'1, '.repeat(66_000)}`);
    await page.keyboard.type('(2');
    await expect(editor(page)).toContainText('1, 1, (2)');
  });

  await test.step('a million rows come to the disk, and the last one can be seen', async () => {
    await runAll(page, 'select g as id, md5(g::text) as hash from generate_series(1, 1000000) g');
    await expect(statusBar(page).getByText('1,000,000 rows', { exact: true })).toBeVisible({
      timeout: 60_000,
    });
    await cells(page).first().click();
    await page.keyboard.press('Control+End');
    await expect(results(page).getByText('1000000', { exact: true })).toBeVisible();
  });

  await test.step('an error is marked where it is, and says what did not run', async () => {
    await runAll(page, 'select 1; select nothing; select 3');
    await expect(results(page).getByText('column "nothing" does not exist').first()).toBeVisible();
    await expect(results(page).getByText('1 done, 1 failed, 1 not run')).toBeVisible();
    await expect(page.locator('.cm-lintRange-error')).toHaveText(/nothing/);
    await expectAccessible(page, 'an error of a query');
  });

  await test.step('values are asked for once, and bound', async () => {
    await runAll(page, 'select :who as who, :who as again');
    const form = page.getByRole('dialog');
    await form.getByRole('textbox').first().fill("O'Brien; --");
    await expectAccessible(page, 'parameters');
    await page.keyboard.press('Enter');
    await expect(cells(page)).toHaveText(["O'Brien; --", "O'Brien; --"]);
  });

  await test.step('what touches every row asks first, and a no runs nothing', async () => {
    await runAll(
      page,
      'create temp table parcel as select 1 as id; update parcel set id = 2 -- where id = 1',
    );
    await expect(page.getByRole('dialog')).toContainText('affects every row of the table');
    await expectAccessible(page, 'a question about a risk');
    await page.keyboard.press('Escape');
    await runAll(page, 'select * from parcel');
    await expect(results(page).getByText('relation "parcel" does not exist').first()).toBeVisible();
  });

  await test.step('a transaction is seen, and a tab that has one asks before it closes', async () => {
    await runAll(page, 'begin; create temp table keep as select 7 as n');
    await expect(page.getByText('Transaction open')).toBeVisible();
    await page.keyboard.press('Control+w');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Commit', exact: true }).click();
    await expect(page.getByText('Transaction open')).toBeHidden();
  });

  await test.step('a cancel reaches the server, and the session stays', async () => {
    await runAll(page, 'select pg_sleep(60)');
    await cancelRun(page);
    await runAll(page, 'select n from keep');
    await expect(cells(page)).toHaveText(['7']);
  });

  await test.step('a result is saved as a file', async () => {
    const path = join(userData, 'saved.csv');
    await chooseFile(app, path);
    await runAll(page, "select 1 as id, null as none, '' as empty, 'a,b' as text");
    await expect(cells(page)).toHaveCount(4);
    await cells(page).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Save rows to a file…' }).click();
    await expectAccessible(page, 'saving rows');
    await page.getByRole('dialog').getByRole('button', { name: 'Choose file…' }).click();
    await expect.poll(() => readOrNull(path)).toBe('id,none,empty,text\n1,,"","a,b"\n');
  });

  await test.step('what ran is in the history', async () => {
    await page.keyboard.press('Control+k');
    // Faster than the list: what was typed counts.
    await page.getByRole('combobox').fill('query history');
    await page.keyboard.press('Enter');
    await expect(page.getByText('select n from keep').first()).toBeVisible();
    await expectAccessible(page, 'history');
  });
});

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** What is kept of the texts of tabs, in the order of the texts. */
const textsIn = (userData: string): string[] =>
  (existsSync(join(userData, 'tabs')) ? readdirSync(join(userData, 'tabs')) : [])
    .map((name) => readFileSync(join(userData, 'tabs', name), 'utf8'))
    .sort();

test('texts of tabs come back after the app was killed, and nothing runs by itself', async ({ launch }) => {
  // The app starts twice, and texts are written a while after they were typed.
  test.setTimeout(120_000);
  const first = await launch();
  await expect(first.page.getByRole('heading', { name: 'Welcome to Mooring' })).toBeVisible();
  await first.page.keyboard.press('Control+t');
  await write(first.page, 'select 1 as kept');
  await first.page.keyboard.press('Control+t');
  await write(first.page, 'select 2 as kept');
  // Longer than a text waits to be written.
  await expect
    .poll(() => textsIn(first.userData), { timeout: 10_000 })
    .toEqual(['select 1 as kept', 'select 2 as kept']);
  first.app.process().kill('SIGKILL');
  const { page } = await launch();
  await expect(editor(page)).toHaveText('select 2 as kept');
  await openTab(page, 'query 1').click();
  await expect(editor(page)).toHaveText('select 1 as kept');
  await expect(results(page).getByText('No results yet')).toBeVisible();
});

test('MariaDB: a procedure with a delimiter of its own, its results, and a cancel', async ({
  mooring: { page },
}) => {
  // A server of its own is made first.
  test.setTimeout(120_000);
  const cluster = await MysqlCluster.start({ product: 'mariadb', sql: ['CREATE DATABASE shop'] });
  try {
    const { host, port, user, password } = cluster;
    await pasteUrl(page, `mariadb://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`);
    await saveAndConnect(page);
    await page.keyboard.press('Control+t');
    await runAll(
      page,
      "DELIMITER $$\nCREATE PROCEDURE greet() BEGIN SELECT 'a;b' AS x; SELECT 18446744073709551615 AS y; END$$\nDELIMITER ;\nCALL greet();",
    );
    await expect(results(page).getByRole('tab')).toHaveCount(3);
    await results(page).getByRole('tab').nth(1).click();
    await expect(cells(page)).toHaveText(['a;b']);
    await results(page).getByRole('tab').nth(2).click();
    await expect(cells(page)).toHaveText(['18446744073709551615']);
    await runAll(page, 'SELECT SLEEP(60)');
    await cancelRun(page);
    await runAll(page, 'SELECT 2 AS n');
    await expect(cells(page)).toHaveText(['2']);
  } finally {
    await cluster.dispose();
  }
});
