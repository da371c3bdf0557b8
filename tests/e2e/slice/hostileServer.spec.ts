import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectTestPassed, failTest, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openRelation } from '../support/window.ts';

const markup = '<img src=x onerror="document.title=1">';

test.describe('what a server says', () => {
  let cluster: PostgresCluster;
  const url = (database = 'postgres') =>
    `postgresql://postgres:${cluster.password}@127.0.0.1:${cluster.port}/${encodeURIComponent(database)}?sslmode=disable`;

  test.beforeAll(async () => {
    cluster = await PostgresCluster.start({
      sql: [
        `CREATE TABLE "${markup.replaceAll('"', '""')}" (plain text, "__proto__" text)`,
        `INSERT INTO "${markup.replaceAll('"', '""')}" VALUES ('${markup}', E'\\x1b[31mred \\u202Egnp.exe'), (repeat('x', 1000000), NULL)`,
        'CREATE VIEW slow AS SELECT pg_sleep(120)::text AS slept',
      ],
    });
  });

  test.afterAll(async () => {
    await cluster.dispose();
  });

  test('is shown as text: names, cells of any size and errors', async ({ mooring: { page } }) => {
    await pasteUrl(page, url(markup));
    await failTest(page, /.+/);
    await expect(page.getByRole('alert')).toContainText(markup);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await pasteUrl(page, url());
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await openRelation(page, 'public', markup);
    await expect(page.getByText('2 rows', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('__proto__', { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('grid').getByText(markup)).toBeVisible();
    await page
      .getByRole('gridcell')
      .filter({ hasText: /^x{50}/ })
      .dblclick();
    await expect(page.getByText(/^First [\d,]+ of 1,000,000 characters$/)).toBeVisible();
    expect(await page.title()).toBe('Mooring');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  test('does not keep the app from quitting in the middle of a query, nor the query from ending', async ({
    launch,
  }) => {
    const { page, close } = await launch();
    await pasteUrl(page, url());
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await openRelation(page, 'public', 'slow');
    const sessions = async (condition: string): Promise<number> => {
      const count = `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'Mooring' AND ${condition}`;
      return Number((await cluster.execute(count)).rows[0]?.count);
    };
    await expect.poll(() => sessions(`wait_event = 'PgSleep'`)).toBe(1);
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await expect.poll(() => sessions('true')).toBe(0);
  });
});
