import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../support/expectAccessible.ts';
import { cells, chooseFile, editor, openDemoQuery, results, runAll, write } from '../support/queryTab.ts';
import { expect, test } from '../support/test.ts';
import { openTab, statusBar } from '../support/window.ts';

test('results are kept, looked at, saved and remembered', async ({ mooring: { app, page, userData } }) => {
  // A server is made first, then a million rows are read, and two screens are checked in two sizes.
  test.setTimeout(180_000);
  await openDemoQuery(page);

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
    // Faster than the palette and its list: what was typed counts, and not a letter goes to the editor.
    await page.keyboard.type('query history');
    await page.keyboard.press('Enter');
    await expect(
      page.getByText('select 1 as id, null as none').filter({ visible: true }).first(),
    ).toBeVisible();
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
