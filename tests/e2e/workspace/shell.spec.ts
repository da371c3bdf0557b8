// Types `window.api` for the code that runs in the page.
import type {} from '../../../src/renderer/lib/api.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { callApi } from '../support/callApi.ts';
import { expectState } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigator, navigatorFilter, navigatorRow } from '../support/window.ts';

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
