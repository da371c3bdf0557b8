import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { expectState, expectTestPassed, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  connectShown,
  expandRow,
  navigatorRow,
  openRelation,
  openSource,
  showSegment,
} from '../support/window.ts';

const shop = [
  'CREATE DATABASE shop',
  `CREATE TABLE shop.customers (id BIGINT UNSIGNED PRIMARY KEY, name VARCHAR(40) NOT NULL, credit DECIMAL(12,4))
     COMMENT 'People who buy'`,
  `CREATE TABLE shop.orders (id INT PRIMARY KEY, customer_id BIGINT UNSIGNED NOT NULL,
     total DECIMAL(10,2), CONSTRAINT placed_by FOREIGN KEY (customer_id) REFERENCES shop.customers (id))`,
  "INSERT INTO shop.customers VALUES (18446744073709551615, 'Grün', 0.1000), (2, 'Ann', NULL)",
  'CREATE VIEW shop.rich AS SELECT id, name FROM shop.customers WHERE credit > 0',
  'CREATE PROCEDURE shop.tidy_up() SELECT 1',
];

test.describe('a MariaDB server', () => {
  test.describe.configure({ timeout: 120_000 });

  let cluster: MysqlCluster;

  test.beforeAll(async () => {
    cluster = await MysqlCluster.start({ product: 'mariadb', sql: shop });
  });

  test.afterAll(() => cluster.dispose());

  test('is added by its URL, tested, browsed, and comes back after a restart of server and app', async ({
    launch,
  }) => {
    const first = await launch();
    const { page } = first;
    const { host, port, user, password } = cluster;
    await pasteUrl(page, `mariadb://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`);
    await expect(page.getByLabel('Database')).toHaveValue('shop');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await expect(page.getByText(/10\.\d+\.\d+-MariaDB|1[1-9]\.\d+\.\d+-MariaDB/).first()).toBeVisible();
    await expectAccessible(page, 'a passed test of MariaDB');
    await saveAndConnect(page);

    await openRelation(page, 'shop', 'customers');
    await showSegment(page, 'Structure');
    await expect(page.getByRole('cell', { name: 'bigint(20) unsigned' }).first()).toBeVisible();
    await expectAccessible(page, 'the structure of a table of MariaDB');
    await showSegment(page, 'Rows');
    await expect(page.getByText('18446744073709551615')).toBeVisible();
    await expect(page.getByText('0.1000')).toBeVisible();
    await expandRow(page, 'Procedures');
    await navigatorRow(page, 'tidy_up').click();
    await expect(page.getByText(/CREATE .*PROCEDURE/)).toBeVisible();

    await cluster.restart();
    await expectState(page, 'Connected', 45_000);
    await openRelation(page, 'shop', 'orders');
    await showSegment(page, 'Structure');
    await page.getByText('Constraints', { exact: true }).click();
    await expect(page.getByText('placed_by').first()).toBeVisible({ timeout: 15_000 });

    await first.close();
    const second = await launch();
    await expectState(second.page, 'Not connected');
    await openSource(second.page, /shop on/);
    await connectShown(second.page);
    await expectState(second.page, 'Connected');
    await openRelation(second.page, 'shop', 'customers');
    await showSegment(second.page, 'Structure');
    await expect(second.page.getByRole('cell', { name: 'bigint(20) unsigned' }).first()).toBeVisible();
  });

  test('says that a wrong password is one, and not more', async ({ mooring: { page } }) => {
    const { host, port, user } = cluster;
    await pasteUrl(page, `mysql://${user}:not-it@${host}:${port}/shop?ssl-mode=DISABLED`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByRole('alert')).toContainText('1045');
    await expect(page.getByRole('alert')).not.toContainText('not-it');
  });
});
