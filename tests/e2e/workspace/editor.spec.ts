import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseFile, editor, openDemoQuery, openMariadbQuery, runAll, write } from '../support/queryTab.ts';
import { expect, test } from '../support/test.ts';
import { expectSegment } from '../support/window.ts';

/** The same table in the words of an engine. */
interface TableOfTest {
  readonly relation: string;
  /** As it is written in the text. */
  readonly name: string;
  readonly idType: string;
}

const options = (page: Page) => page.locator('.cm-tooltip-autocomplete li');

/** Asks for completions at the end of a text. */
async function completeAt(page: Page, text: string): Promise<void> {
  await write(page, text);
  await page.keyboard.press('Control+Space');
  await expect(options(page).first()).toBeVisible();
}

/** Points at a word of the text. */
async function pointAt(page: Page, word: string): Promise<void> {
  const place = await editor(page).evaluate((content, wanted) => {
    const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`The text has no “${wanted}”`);
  }, word);
  await page.mouse.move(place.x - 3, place.y);
  await page.mouse.move(place.x, place.y);
}

/** What the editor knows of a table that has `id` and `full_name`. */
async function helpsWriting(page: Page, { relation, name, idType }: TableOfTest): Promise<void> {
  await test.step(`${relation}: columns are offered by alias, also of a WITH, and keywords where they fit`, async () => {
    await completeAt(page, `select 1 from ${relation} c where c.full`);
    await expect(options(page)).toHaveCount(1);
    await options(page).click();
    await expect(editor(page)).toHaveText(`select 1 from ${relation} c where c.full_name`);
    await completeAt(page, 'with recent as (select 1 as day_no) select 1 from recent r where r.');
    await expect(options(page)).toHaveText([/^day_no/]);
    await completeAt(page, `select * from ${relation} c wher`);
    await expect(options(page).first()).toHaveText(/^where/i);
    await page.keyboard.press('Escape');
  });

  await test.step(`${relation}: what a column is, and the way to the relation`, async () => {
    await write(page, `select c.id from ${relation} c`);
    // A hand is never quite still, and on a busy machine the first move may come before the text is drawn.
    await expect(async () => {
      await pointAt(page, '.id');
      await expect(page.locator('.cm-sqlHover')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    await expect(page.locator('.cm-sqlHover')).toContainText(`${idType}, not null, primary key`);
    await expect(page.locator('.cm-sqlHover')).toContainText('Number of the customer');
    await page.keyboard.press('End');
    await page.keyboard.press('F12');
    await expectSegment(page, 'Rows');
    await expect(page.getByRole('gridcell').filter({ visible: true }).first()).toBeVisible();
    await page.keyboard.press('Control+w');
    await expect(editor(page)).toBeVisible();
  });

  await test.step(`${relation}: the statement at the cursor is marked, an error is underlined, the text laid out`, async () => {
    await runAll(page, `select 1;\nselect * form ${name};\nselect 3`);
    await expect(page.locator('.cm-lintRange-error').filter({ visible: true })).toHaveText(/^form/);
    await expect(page.locator('.cm-statement').filter({ visible: true })).toHaveText('select 3');
    await write(page, `select id, full_name from ${relation} where id = 1`);
    await page.keyboard.press('Control+Shift+F');
    await expect(
      editor(page)
        .locator('.cm-line')
        .filter({ hasText: /^where/ }),
    ).toHaveCount(1);
  });
}

/** Two tables of one name (W35 b). `use` makes names mean what is in a schema or database, before all others. */
async function followsSession(page: Page, kind: 'SCHEMA' | 'DATABASE', use: (name: string) => string) {
  await test.step(`what was just defined is known, and names mean what they mean in the session (${kind})`, async () => {
    const places = ['closed', 'current'];
    const definitions = places.map(
      (name) => `CREATE ${kind} ${name}; CREATE TABLE ${name}.client (of_${name} INT)`,
    );
    await runAll(page, definitions.join(';\n'));
    await expect(page.getByText('4 done')).toBeVisible();
    for (const name of places) {
      await runAll(page, use(name));
      // What is offered follows the run, and the run takes a moment.
      await expect(async () => {
        await write(page, 'SELECT c. FROM client c');
        await page.keyboard.press('Home');
        for (const _letter of 'SELECT c.') await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Control+Space');
        await expect(options(page)).toHaveText([new RegExp(`^of_${name}`)], { timeout: 1_000 });
      }).toPass();
      await page.keyboard.press('Escape');
    }
    await completeAt(page, 'SELECT * FROM clien');
    await expect(options(page)).toHaveText([/^client/, /^closed\.client/]);
    await page.keyboard.press('Escape');
  });
}

test('SQL is written with help, on both engines', async ({ mooring: { page } }) => {
  // Two servers are made first.
  test.setTimeout(150_000);
  await openDemoQuery(page);
  await helpsWriting(page, { relation: 'sales.customers', name: 'customers', idType: 'bigint' });
  await followsSession(page, 'SCHEMA', (name) => `SET search_path = ${name}, public`);
  const cluster = await openMariadbQuery(page, [
    `CREATE TABLE shop.customer (id BIGINT PRIMARY KEY COMMENT 'Number of the customer', full_name TEXT)`,
    `INSERT INTO shop.customer VALUES (1, 'Ann')`,
  ]);
  try {
    await helpsWriting(page, { relation: 'customer', name: 'customer', idType: 'bigint(20)' });
    await followsSession(page, 'DATABASE', (name) => `USE ${name}`);
    await test.step('a script is read as the session reads it, also behind a SET', async () => {
      await runAll(page, String.raw`SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT 'a\'; SELECT 'b\'`);
      await expect(page.getByText('3 done')).toBeVisible();
      await runAll(page, String.raw`SELECT 'c\'; SELECT 2`);
      await expect(page.getByText('2 done')).toBeVisible();
    });
  } finally {
    await cluster.dispose();
  }
});

test('a file that another program has changed is not replaced without a question', async ({
  mooring: { app, page, userData },
}) => {
  const path = join(userData, 'report.sql');
  await expect(page.getByRole('heading', { name: 'Welcome to Mooring' })).toBeVisible();
  await page.keyboard.press('Control+t');
  await write(page, 'select 1');
  await chooseFile(app, path);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved report.sql')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe('select 1');
  writeFileSync(path, 'of another program');
  await write(page, 'select 2');
  await page.keyboard.press('Control+s');
  const question = page.getByRole('dialog');
  await expect(question).toContainText('The file was changed by another program');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  expect(readFileSync(path, 'utf8')).toBe('of another program');
  await page.keyboard.press('Control+s');
  await question.getByRole('button', { name: 'Replace the file' }).click();
  await expect.poll(() => readFileSync(path, 'utf8')).toBe('select 2');
});
