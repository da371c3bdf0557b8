import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { editor, runAll } from '../support/queryTab.ts';
import { pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { openSource, openTab, showSegment } from '../support/window.ts';

const statements = (page: Page) => page.getByRole('grid', { name: 'Statements' });
const detail = (page: Page) => page.getByRole('region', { name: 'Selected statement' });

/** The one that sleeps, on the server, takes most time by far, whatever the machine does beside it. */
const script = `
  SELECT id, amount FROM stock WHERE id = 7;
  select id, amount from stock where id IN (1, 2, 3);
  select id, amount from stock where id = 123456789;
  update stock set amount = amount + 555666777 where id between 1 and 3;
  select pg_sleep(0.6), 'a secret';
  select missing from stock;
  select count(*) from stock;`;

test('what was run is counted by what it has in common, and opens in a query tab', async ({
  mooring: { page },
}) => {
  test.setTimeout(120_000);
  const cluster = await PostgresCluster.start({
    sql: [
      'CREATE TABLE stock (id INT PRIMARY KEY, amount INT)',
      'INSERT INTO stock SELECT g, g FROM generate_series(1, 9) g',
    ],
  });
  try {
    const { host, password, port, user } = cluster;
    await pasteUrl(page, `postgresql://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await saveAndConnect(page);
    await showSegment(page, 'Statements');
    await expect(page.getByText('No statements yet')).toBeVisible();
    await page.keyboard.press('Control+t');
    await runAll(page, script);
    await expect(page.getByText(/column .missing. does not exist/).first()).toBeVisible();

    await test.step('statements that differ in their values are one, and no value is shown', async () => {
      await openSource(page, /127\.0\.0\.1|postgres/);
      const rows = statements(page).getByRole('row');
      const twice = rows.filter({ hasText: 'select id, amount from stock where id = ?' });
      await expect(twice.getByRole('gridcell').nth(1)).toHaveText('2');
      await expect(rows.filter({ hasText: 'where id in (?)' })).toHaveCount(1);
      // No figure of the table has as many digits as the values.
      await expect(statements(page)).not.toContainText(/123456789|secret|555666777/);
      // What has taken most time is first.
      await expect(rows.nth(1)).toContainText('select pg_sleep(?), ?');
      await rows.filter({ hasText: 'select missing' }).click();
      await expect(detail(page).locator('.cm-content')).toHaveText('select missing from stock');
      await expect(detail(page)).toContainText('42703');
      await expectAccessible(page, 'the statistics of statements');
    });

    await test.step('one is found, and opened with a parameter for each value', async () => {
      await page.getByRole('textbox', { name: 'Search statements' }).fill('BETWEEN');
      await expect(page.getByText(/^1 of 5 statements$/)).toBeVisible();
      const row = statements(page).getByRole('row').nth(1);
      await expect(row.getByRole('gridcell').nth(1)).toHaveText('1');
      await row.click();
      await statements(page).press('Enter');
      await expect(editor(page)).toHaveText(
        'update stock set amount = amount + $1 where id between $2 and $3',
      );
    });

    await test.step('they are reset after a question', async () => {
      await openTab(page, /Statements/).click();
      await page.getByRole('button', { name: 'Reset…' }).filter({ visible: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reset statistics' }).click();
      await expect(page.getByText('No statements yet')).toBeVisible();
    });
  } finally {
    await cluster.dispose();
  }
});
