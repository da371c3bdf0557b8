import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../support/expectAccessible.ts';
import { cellAt, cells, grid } from '../support/grid.ts';
import { chooseFile, results, runAll, write } from '../support/queryTab.ts';
import { expect } from '../support/test.ts';
import { statusBar } from '../support/window.ts';
import { mariadb, postgres, test } from '../support/workspace.ts';

test.describe.configure({ timeout: 120_000 });

for (const engine of [postgres, mariadb]) {
  const { quoted, series } = engine;

  test.describe(engine.name, () => {
    test('a result is saved as CSV, JSON and NDJSON, each value as it is (W17, W18, W30)', async ({
      workspace,
    }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const file = (name: string) => join(workspace.userData, `${engine.name} ${name}`);
      const save = async (name: string, format: string) => {
        await chooseFile(app, file(name));
        await cellAt(page, 1, 1).click({ button: 'right' });
        await page.getByRole('menuitem', { name: 'Save rows to a file…' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText(format, { exact: true }).click();
        await dialog.getByRole('button', { name: 'Choose file…' }).click();
        await expect.poll(() => existsSync(file(name))).toBe(true);
        return readFileSync(file(name), 'utf8');
      };
      await runAll(page, `SELECT 1 AS id, 'a' AS id, NULL AS id, 3 AS ${quoted('ID')}, 4 AS n, 5 AS n`);
      await expect(cells(page)).toHaveText(['1', 'a', 'NULL', '3', '4', '5']);
      expect(await save('names.csv', 'CSV')).toBe('id,id,id,ID,n,n\n1,a,,3,4,5\n');
      expect(Object.values(JSON.parse(await save('names.json', 'JSON'))[0])).toEqual([1, 'a', null, 3, 4, 5]);
      const values = [
        `'"'`,
        `'{"a":"b"}'`,
        `'a,b'`,
        `' lead'`,
        `''`,
        'NULL',
        `'NULL'`,
        `'=1+1'`,
        `'0071'`,
        `'trail '`,
      ];
      const rows = values.map((value, at) => `SELECT ${at + 1} AS id, ${value} AS s`);
      await runAll(page, `${rows.join(' UNION ALL ')} ORDER BY 1`);
      await expect(cellAt(page, 10, 1)).toHaveText('10');
      expect((await save('odd.csv', 'CSV')).split('\n')).toEqual([
        ...['id,s', '1,""""', '2,"{""a"":""b""}"', '3,"a,b"', '4, lead', '5,""', '6,', '7,NULL', '8,=1+1'],
        ...['9,0071', '10,trail ', ''],
      ]);
      const lines = (await save('odd.ndjson', 'NDJSON')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line).s)).toEqual([
        '"',
        '{"a":"b"}',
        'a,b',
        ' lead',
        '',
        null,
        'NULL',
        '=1+1',
        '0071',
        'trail ',
      ]);
      await runAll(page, `SELECT 1 AS a, 'x' AS b FROM ${series(1)} WHERE 1 = 0`);
      await expect(results(page).getByText('No rows')).toBeVisible();
      await grid(page).focus();
      await chooseFile(app, file('none.json'));
      await page.keyboard.press('Control+s');
      await page.getByRole('dialog').getByText('JSON', { exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Choose file…' }).click();
      await expect
        .poll(() => existsSync(file('none.json')) && JSON.parse(readFileSync(file('none.json'), 'utf8')))
        .toEqual([]);
    });

    test('a query goes straight to a file; given up, it leaves nothing', async ({ workspace }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const folder = join(workspace.userData, `straight ${engine.name}`);
      mkdirSync(folder);
      const path = join(folder, 'rows.csv');
      await chooseFile(app, path);
      const saveAll = async (rowCount: number) => {
        await write(page, `SELECT g, repeat('x', 200) AS pad FROM ${series(rowCount)}`);
        await page.getByRole('button', { name: 'Run options' }).click();
        await page.getByRole('menuitem', { name: 'Run and save to a file…' }).click();
        await page.getByRole('dialog').getByText('CSV', { exact: true }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Choose file…' }).click();
      };
      await saveAll(20_000_000);
      await expect(statusBar(page).getByText(/[\d,]+ rows, [\d.]+ MB/)).toBeVisible({ timeout: 30_000 });
      expect(readdirSync(folder)).toHaveLength(1);
      expect(existsSync(path)).toBe(false);
      await statusBar(page).getByRole('button', { name: 'Cancel: Saving query result' }).click();
      await expect.poll(() => readdirSync(folder)).toEqual([]);
      await saveAll(1000);
      await expect
        .poll(() => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length : 0))
        .toBe(1002);
    });
  });
}

test('how rows are saved is remembered: for a German Excel, after a restart too (W32)', async ({
  workspace,
}) => {
  let { app, page } = workspace;
  await workspace.show(postgres);
  const path = join(workspace.userData, 'german.csv');
  await runAll(
    page,
    `SELECT 'Zürich €' AS ort, 1234.5::numeric AS betrag, -0.05::float8 AS x, 'a;b' AS s, '0071' AS plz,
       468768833943384412 AS nr`,
  );
  await expect(cellAt(page, 1, 1)).toHaveText('Zürich €');
  await chooseFile(app, path);
  await cellAt(page, 1, 1).click();
  await page.keyboard.press('Control+s');
  const dialog = () => page.getByRole('dialog');
  await dialog().getByText('CSV', { exact: true }).click();
  await dialog().getByText('German Excel').click();
  await dialog().getByRole('button', { name: 'Choose file…' }).click();
  const wanted = '\ufeffort;betrag;x;s;plz;nr\r\nZürich €;1234,5;-0,05;"a;b";0071;468768833943384412\r\n';
  await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8')).toBe(wanted);
  // Until it is told, the file counts as being written, about which quitting asks.
  await expect(page.getByText(/german\.csv/).filter({ visible: true })).toBeVisible();
  await workspace.restart();
  ({ app, page } = workspace);
  await workspace.show(postgres);
  await runAll(page, 'SELECT 1.5 AS n');
  await expect(cellAt(page, 1, 1)).toHaveText('1.5', { timeout: 30_000 });
  await cellAt(page, 1, 1).click();
  await page.keyboard.press('Control+s');
  await expect(dialog().getByLabel('Separator')).toHaveValue(';');
  await expect(dialog().getByLabel('Decimal comma')).toBeChecked();
  await expectAccessible(page, 'saving for a German Excel');
  await page.keyboard.press('Escape');
});
