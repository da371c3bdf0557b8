import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import { cellAt, cells, clipboard, copied, header, rowHead } from '../support/grid.ts';
import { results, runAll } from '../support/queryTab.ts';
import { expect } from '../support/test.ts';
import { statusBar } from '../support/window.ts';
import { mariadb, postgres, test } from '../support/workspace.ts';

test.describe.configure({ timeout: 120_000 });

/** Figures of the selection. */
const figures = (page: Page, text: RegExp) => statusBar(page).getByText(text);

for (const engine of [postgres, mariadb]) {
  const { series, text } = engine;

  test.describe(engine.name, () => {
    test('ranges, rows and columns are selected as in a spreadsheet', async ({ workspace }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const word = text('g % 3');
      await runAll(page, `SELECT g AS id, g * 10 AS tens, ${word} AS word FROM ${series(1000)} ORDER BY 1`);
      await expect(cellAt(page, 1, 1)).toHaveText('1');

      await test.step('by pointer', async () => {
        await cellAt(page, 2, 1).click();
        await cellAt(page, 3, 2).click({ modifiers: ['Shift'] });
        expect(await copied(app, page)).toBe('2\t20\n3\t30');
        await cellAt(page, 4, 2).dragTo(cellAt(page, 5, 3));
        expect(await copied(app, page)).toBe('40\t1\n50\t2');
        await cellAt(page, 1, 1).click();
        await cellAt(page, 3, 3).click({ modifiers: ['ControlOrMeta'] });
        expect(await copied(app, page)).toBe('1\t\n\t0');
        await rowHead(page, 2).click();
        await rowHead(page, 3).click({ modifiers: ['Shift'] });
        expect(await copied(app, page)).toBe('2\t20\t2\n3\t30\t0');
        await header(page, 'tens').click({ modifiers: ['ControlOrMeta'] });
        await header(page, 'word').click({ modifiers: ['ControlOrMeta'] });
        await expect(figures(page, /Count 2,002 /)).toBeVisible();
      });

      await test.step('by keyboard, to the edges of the data', async () => {
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('Shift+ArrowDown');
        await page.keyboard.press('Shift+ArrowRight');
        expect(await copied(app, page)).toBe('1\t10\n2\t20');
        await page.keyboard.press('Control+End');
        expect(await copied(app, page)).toBe('1');
        await expect(cellAt(page, 1000, 3)).toBeInViewport();
        await page.keyboard.press('Control+Shift+ArrowUp');
        await expect(figures(page, /Count 1,000 /)).toBeVisible();
        await page.keyboard.press('Home');
        await page.keyboard.press('Shift+Space');
        expect((await copied(app, page)).split('\t')).toHaveLength(3);
        await page.keyboard.press('Control+a');
        await expect(figures(page, /Count 3,000 · Distinct [\d,]+ · Sum 5505500 /)).toBeVisible();
        expect((await copied(app, page)).split('\n')).toHaveLength(1000);
        expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
      });
    });

    test('what is selected is copied whole, in every format', async ({ workspace }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const copyAs = async (format: string, withNames = true) => {
        await app.evaluate(({ clipboard: board }) => board.writeText('nothing yet'));
        await cellAt(page, 1, 1).click({ button: 'right' });
        await page.getByRole('menuitem', { name: 'Copy as' }).hover();
        const names = page.getByRole('menuitemcheckbox', { name: 'With column names' });
        if ((await names.getAttribute('aria-checked')) !== String(withNames)) await names.click();
        await page.getByRole('menuitem', { name: format, exact: true }).click();
        await expect.poll(() => clipboard(app)).not.toBe('nothing yet');
        return clipboard(app);
      };
      await runAll(
        page,
        `SELECT 1 AS id, 'a,b' AS note, NULL AS none UNION ALL SELECT 2, 'it''s "x"', '' ORDER BY 1`,
      );
      await expect(cells(page)).toHaveCount(6);
      await cellAt(page, 1, 1).click();
      await page.keyboard.press('Control+a');
      expect(await copyAs('Tab-separated text')).toBe('id\tnote\tnone\n1\ta,b\t\n2\t"it\'s ""x"""\t');
      expect(await copyAs('CSV')).toBe('id,note,none\n1,"a,b",\n2,"it\'s ""x""",""\n');
      expect(await copyAs('CSV', false)).toBe('1,"a,b",\n2,"it\'s ""x""",""\n');
      expect(JSON.parse(await copyAs('JSON'))).toEqual([
        { id: 1, note: 'a,b', none: null },
        { id: 2, note: 'it\'s "x"', none: '' },
      ]);
      expect(await copyAs('Markdown table')).toBe(
        '| id | note | none |\n| ---: | --- | --- |\n| 1 | a,b | NULL |\n| 2 | it\'s "x" |  |\n',
      );
      const names = engine === postgres ? 'id, note, none' : '`id`, `note`, `none`';
      expect(await copyAs('SQL INSERT')).toBe(
        [`(1, 'a,b', NULL)`, `(2, 'it''s "x"', '')`]
          .map((values) => `INSERT INTO table_name (${names}) VALUES ${values};\n`)
          .join(''),
      );
      await cellAt(page, 2, 2).click();
      await page.keyboard.press('Control+Space');
      await cellAt(page, 1, 2).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Copy as' }).hover();
      await page.getByRole('menuitem', { name: 'IN list' }).click();
      await expect.poll(() => clipboard(app)).toBe(`('a,b', 'it''s "x"')`);

      await test.step('an empty cell empties the clipboard, and a long one is whole (D3, W22)', async () => {
        await cellAt(page, 2, 3).click();
        expect(await copied(app, page)).toBe('');
        const long = Array.from({ length: 30 }, (_, at) => `repeat('${at % 10}', 5000) AS c${at}`);
        await runAll(page, `SELECT repeat('x', 2400000) AS t, ${long.join(', ')}`);
        await expect(cellAt(page, 1, 1)).toContainText('2,400,000 characters');
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('Shift+Space');
        const [first, ...others] = (await copied(app, page)).split('\t');
        expect(first).toHaveLength(2_400_000);
        expect(others).toEqual(Array.from({ length: 30 }, (_, at) => String(at % 10).repeat(5000)));
      });
    });

    test('columns are resized, hidden, moved and frozen, and say their type', async ({ workspace }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const others = Array.from({ length: 30 }, (_, at) => `${at} AS c${at}`);
      await runAll(page, `SELECT 1 AS id, ${text("repeat('w', 40)")} AS word, ${others.join(', ')}`);
      await expect(cellAt(page, 1, 1)).toHaveText('1');
      await expect(header(page, 'id')).toContainText(engine === postgres ? 'integer' : 'int');
      await expect(header(page, 'word')).toContainText(engine === postgres ? 'text' : 'varchar');
      const widthOf = async (name: string) => (await header(page, name).boundingBox())?.width ?? 0;
      const edgeOf = async (name: string) => {
        const box = await header(page, name).boundingBox();
        if (box === null) throw new Error(`No column ${name}`);
        return { x: box.x + box.width - 3, y: box.y + box.height / 2 };
      };
      const choose = async (column: string, item: string | RegExp) => {
        await header(page, column).click({ button: 'right' });
        await page.getByRole('menuitem', { name: item }).click();
      };

      await test.step('width', async () => {
        const before = await widthOf('word');
        const edge = await edgeOf('word');
        await page.mouse.move(edge.x, edge.y);
        await page.mouse.down();
        await page.mouse.move(edge.x - 150, edge.y, { steps: 4 });
        await page.mouse.up();
        expect(await widthOf('word')).toBeCloseTo(before - 150, 0);
        const again = await edgeOf('word');
        await page.mouse.dblclick(again.x, again.y);
        await expect.poll(() => widthOf('word')).toBeCloseTo(before, 0);
      });

      await test.step('order', async () => {
        await header(page, 'word').dragTo(header(page, 'id'), { targetPosition: { x: 4, y: 10 } });
        await expect(cellAt(page, 1, 2)).toHaveText('1');
        await choose('id', 'Move left');
        await expect(cellAt(page, 1, 1)).toHaveText('1');
      });

      await test.step('what is hidden is not copied', async () => {
        await choose('word', 'Hide column');
        await expect(header(page, 'word')).toBeHidden();
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('Shift+Space');
        expect(await copied(app, page)).toMatch(/^1\t0\t1\t2/);
        await choose('id', 'Show 1 hidden column');
        await expect(header(page, 'word')).toBeVisible();
      });

      await test.step('frozen columns stay in sight', async () => {
        await choose('id', 'Freeze up to this column');
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('End');
        await expect(header(page, 'c29')).toBeInViewport();
        await expect(header(page, 'id')).toBeInViewport();
        await expect(header(page, 'word')).not.toBeInViewport();
        await choose('id', 'Unfreeze columns');
        await expect(header(page, 'id')).not.toBeInViewport();
      });
    });

    test('a result is sorted, filtered and searched at any size, and all of it is given up at a click', async ({
      workspace,
    }) => {
      const { page } = workspace;
      await workspace.show(engine);
      await runAll(
        page,
        `SELECT g, (CAST(g AS DECIMAL(20)) * 7919) % 1000003 AS n, CASE WHEN g % 4 > 0 THEN ${text('g % 4')} END AS word,
             md5(${text('g')}) AS code
           FROM ${series(1_000_000)} ORDER BY g`,
      );
      await expect(statusBar(page).getByText('1,000,000 rows', { exact: true })).toBeVisible({
        timeout: 60_000,
      });

      await test.step('given up, everything is as before', async () => {
        await header(page, 'code').click();
        await statusBar(page).getByRole('button', { name: 'Cancel: Sorting and filtering' }).click();
        await expect(header(page, 'code')).not.toHaveAttribute('aria-sort', /./);
        await expect(cellAt(page, 1, 1)).toHaveText('1');
      });

      await test.step('all rows are sorted, not the first ones (W27 b)', async () => {
        await header(page, 'n').click({ button: 'right' });
        await page.getByRole('menuitem', { name: 'Sort descending' }).click();
        await expect(cellAt(page, 1, 1)).toHaveText('341332', { timeout: 60_000 });
        await expect(cellAt(page, 2, 1)).toHaveText('682664');
        await expect(cellAt(page, 3, 1)).toHaveText('23993');
      });

      await test.step('filters, with what is not there told apart', async () => {
        await header(page, 'word').click({ button: 'right' });
        await page.getByRole('menuitem', { name: 'Filter…' }).click();
        await page.getByLabel(/^Filter word: Operator/).selectOption({ label: 'is not' });
        await page.getByLabel('Value', { exact: true }).fill('1');
        if (engine === postgres) await expectAccessible(page, 'a filter of a column');
        await page.getByRole('button', { name: 'Apply' }).click();
        await expect(statusBar(page).getByText('750,000 of 1,000,000 rows')).toBeVisible({ timeout: 60_000 });
      });

      await test.step('finds in all rows, in the order shown', async () => {
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('Control+f');
        await page.getByLabel('Find in rows').fill('999999');
        await page.keyboard.press('Enter');
        await expect(results(page).getByRole('search')).toContainText(/Row [\d,]+/, { timeout: 60_000 });
        if (engine === postgres) await expectAccessible(page, 'find in a filtered result');
        await page.getByLabel('Find in rows').press('Escape');
        await expect(page.getByLabel('Find in rows')).toBeHidden();
      });
    });

    test('a pinned result stays when its statement runs again', async ({ workspace }) => {
      const { page } = workspace;
      await workspace.show(engine);
      const tabs = results(page).getByRole('tab');
      await runAll(page, "SELECT 'before' AS a");
      await expect(cells(page)).toHaveText(['before']);
      await results(page).getByRole('button', { name: 'Pin result' }).click();
      await runAll(page, "SELECT 'after' AS a");
      await expect(cells(page)).toHaveText(['after']);
      await expect(tabs).toHaveCount(3);
      await tabs.nth(1).click();
      await expect(cells(page)).toHaveText(['before']);
      await expectAccessible(page, 'a pinned result');
      await tabs.nth(1).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Unpin result' }).click();
      await expect(cells(page)).toHaveText(['before']);
      await runAll(page, "SELECT 'last' AS a");
      await expect(tabs).toHaveCount(2);
    });
  });
}
