import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { cellAt, copied, grid, header } from '../support/grid.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { chooseFile } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigatorRow, openRelation, openTab, statusBar } from '../support/window.ts';

/** A table of one engine as the tests use it: `id` is its key, and `links` refers to `target`. */
interface Table {
  readonly schema: string;
  readonly name: string;
  readonly rowCount: number;
  /** A column that is sorted by, and what its first and last rows hold in it. */
  readonly sorted: { readonly column: string; readonly place: number };
  readonly link: { readonly column: string; readonly target: string };
  /** The screens are the same whatever the engine: axe looks at them once. */
  readonly checksLooks: boolean;
}

const shop = [
  'CREATE DATABASE shop',
  'CREATE TABLE shop.buyers (id INT PRIMARY KEY, name VARCHAR(40))',
  "INSERT INTO shop.buyers SELECT seq, CONCAT('buyer ', seq) FROM shop.seq_1_to_1000",
  `CREATE TABLE shop.purchases (id INT PRIMARY KEY, buyer_id INT, status ENUM('new', 'paid', 'sent'), total DECIMAL(10,2),
     FOREIGN KEY (buyer_id) REFERENCES shop.buyers (id))`,
  `INSERT INTO shop.purchases SELECT seq, 1 + seq % 1000, ELT(1 + seq % 4, 'new', 'paid', 'sent', NULL), seq / 7
     FROM shop.seq_1_to_40000`,
];

const choose = async (page: Page, column: string, item: string) => {
  await header(page, column).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};

async function filterBy(page: Page, column: string, operator: string, value: string): Promise<void> {
  await choose(page, column, 'Filter…');
  await page.getByLabel(`Filter ${column}: Operator`).selectOption({ label: operator });
  if (value !== '') await page.getByLabel('Value', { exact: true }).fill(value);
  await page.getByRole('button', { name: 'Apply' }).click();
}

/** What holds for a table of orders, with their customers, whatever its engine. */
async function tableConforms({ app, page, userData }: RunningApp, table: Table): Promise<void> {
  const { checksLooks, name, rowCount, schema } = table;
  const all = rowCount.toLocaleString('en');
  await openRelation(page, schema, name);
  await expect(cellAt(page, 1, 1)).toHaveText('1');

  await test.step('the last row is reached, page by page', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Load all rows' }).click();
    await expect(statusBar(page).getByText(`${all} rows`, { exact: true })).toBeVisible({ timeout: 60_000 });
    await cellAt(page, 1, 1).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Home');
    await expect(cellAt(page, rowCount, 1)).toHaveText(String(rowCount));
    if (checksLooks) await expectAccessible(page, `rows of ${name}`);
  });

  await test.step('the server sorts all rows by any column', async () => {
    await choose(page, 'id', 'Sort descending');
    await expect(cellAt(page, 1, 1)).toHaveText(String(rowCount));
    await header(page, table.sorted.column).click();
    await expect(header(page, table.sorted.column)).toHaveAttribute('aria-sort', 'ascending');
    await choose(page, table.sorted.column, 'Remove from sort');
    await expect(cellAt(page, 1, 1)).toHaveText('1');
  });

  await test.step('the server filters all rows, and tells NULL from a value', async () => {
    await filterBy(page, 'id', 'at most', '4');
    await expect(statusBar(page).getByText('4 rows matching the filters')).toBeVisible();
    const { column, place } = table.sorted;
    await cellAt(page, 1, place).click();
    const value = await copied(app, page);
    await cellAt(page, 1, place).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Filter this value out' }).click();
    await expect(grid(page).getByText(value, { exact: true }).filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Filters' })).toContainText(`${column} is not ${value}`);
    if (checksLooks) await expectAccessible(page, `filtered rows of ${name}`);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(cellAt(page, 5, 1)).toHaveText('5');
  });

  await test.step('a foreign key leads to its row, and back to where it was', async () => {
    const { column, target } = table.link;
    await filterBy(page, 'id', 'is', '7');
    await expect(cellAt(page, 1, 1)).toHaveText('7');
    const key = grid(page).locator('[data-link]').first();
    const value = (await key.textContent()) ?? '';
    const way = page.getByRole('menuitem', { name: `Go to row of ${target}` });
    for (const [cell, count] of [
      [key, 1],
      [cellAt(page, 1, 1), 0],
    ] as const) {
      await cell.click();
      await cell.click({ button: 'right' });
      await expect(page.getByRole('menuitem', { name: 'Filter by this value' })).toBeVisible();
      await expect(way).toHaveCount(count);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);
    }
    await key.click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: target, exact: true })).toBeVisible();
    await expect(cellAt(page, 1, 1)).toHaveText(value);
    await expect(statusBar(page).getByText('1 row matching the filters')).toBeVisible();
    if (checksLooks) await expectAccessible(page, `the row that ${column} refers to`);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(cellAt(page, 1, 1)).toHaveText('7');
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  await test.step('all rows are saved, whatever of them was loaded', async () => {
    const path = join(userData, `${schema}-${name}.csv`);
    await chooseFile(app, path);
    await page.getByRole('button', { name: 'Save rows to a file' }).click();
    await page.getByRole('dialog').getByText('CSV', { exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Choose file…' }).click();
    await expect.poll(() => existsSync(path), { timeout: 30_000 }).toBe(true);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(rowCount + 2);
    expect(readdirSync(userData).filter((file) => file.startsWith(`${schema}-${name}`))).toHaveLength(1);
  });
}

/** Whether each element of a document is closed where it should be. */
function isWellFormed(document: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = '', end] of document.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (end === '/') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}

/** The schema of the demo as a diagram: by keys, as a file, and back. */
async function diagramConforms({ app, page, userData }: RunningApp): Promise<void> {
  await navigatorRow(page, 'sales').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Diagram' }).click();
  const room = page.getByRole('listbox', { name: 'Tables in the diagram of sales' });
  const table = (name: string) => room.getByRole('option', { name: new RegExp(`^${name},`) });
  await expect(room.getByRole('option')).toHaveCount(5);
  await expect(table('orders')).toHaveAccessibleName(/; refers to customers; referred to by order_items$/);
  await expectAccessible(page, 'diagram');

  // A diagram that a person opened has the keyboard, and what is found is in the middle.
  await expect(room).toBeFocused();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Find a table' }).fill('customers');
  await page.keyboard.press('Escape');
  await expect(table('customers')).toHaveAttribute('aria-selected', 'true');
  await expect(room).toBeFocused();

  const saved = async (name: string): Promise<string> => {
    const path = join(userData, name);
    await chooseFile(app, path);
    await page.keyboard.press('Control+s');
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8').endsWith('</svg>')).toBe(true);
    return readFileSync(path, 'utf8');
  };
  const svg = await saved('sales.svg');
  expect(isWellFormed(svg)).toBe(true);
  for (const name of ['customers', 'events', 'order_items', 'orders', 'products']) {
    expect(svg).toContain(`<title>sales.${name}</title>`);
  }
  const box = await room.boundingBox();
  if (box === null) throw new Error('The diagram is not in view.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 30, { steps: 3 });
  await page.mouse.up();
  expect(await saved('dragged.svg')).not.toBe(svg);
  await page.keyboard.press('Control+z');
  expect(await saved('undone.svg')).toBe(svg);
  await page.mouse.dblclick(x, y);
  await expect(openTab(page, 'customers').last()).toHaveAttribute('aria-selected', 'true');
  await openTab(page, /^sales/)
    .last()
    .click();
  await room.focus();

  await page.keyboard.press('ArrowRight');
  await expect(table('customers')).toHaveAttribute('aria-selected', 'false');

  await page.keyboard.press('Enter');
  await expect(openTab(page, /^(orders|events)$/).last()).toHaveAttribute('aria-selected', 'true');
}

test('a table shows all of its rows, in any order, and leads to others', async ({ mooring }) => {
  // Two servers are made first, and four screens are checked in two sizes.
  test.setTimeout(240_000);
  const { page } = mooring;
  const [cluster] = await Promise.all([
    MysqlCluster.start({ product: 'mariadb', sql: shop }),
    testDemo(page),
  ]);
  try {
    await saveAndConnect(page);
    await test.step('PostgreSQL', () =>
      tableConforms(mooring, {
        schema: 'sales',
        name: 'orders',
        rowCount: 40_000,
        sorted: { column: 'status', place: 4 },
        link: { column: 'customer_id', target: 'customers' },
        checksLooks: true,
      }));
    await test.step('its schema is a diagram', () => diagramConforms(mooring));
    const { host, port, user, password } = cluster;
    await pasteUrl(page, `mariadb://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`);
    await saveAndConnect(page);
    await test.step('MariaDB', () =>
      tableConforms(mooring, {
        schema: 'shop',
        name: 'purchases',
        rowCount: 40_000,
        sorted: { column: 'status', place: 3 },
        link: { column: 'buyer_id', target: 'buyers' },
        checksLooks: false,
      }));
  } finally {
    await cluster.dispose();
  }
});
