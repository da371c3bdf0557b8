import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { expectTestPassed, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { showSegment } from '../support/window.ts';

declare global {
  interface Window {
    /** Set by a test that has seen enough. */
    isLoadOver?: boolean;
  }
}

/** What the server allows: one in the pool's way is enough for it to be refused. */
const grantedCount = 6;

/** Counts rows in the window's one data source, this many at a time, until the test ends it. */
async function countRows(page: Page, atOnce: number): Promise<() => Promise<void>> {
  const load = page.evaluate(async (count) => {
    const { dataSources, schema } = window.api.calls;
    const answer = await dataSources.list(crypto.randomUUID(), null);
    const id = answer.ok ? answer.value.dataSources[0]?.dataSource.id : undefined;
    if (id === undefined) throw new Error('There is no data source to count in');
    const relation = { schema: 'public', name: 'load' };
    const again = async (): Promise<void> => {
      while (!window.isLoadOver) await schema.countRows(crypto.randomUUID(), { id, relation });
    };
    await Promise.all(Array.from({ length: count }, again));
  }, atOnce);
  return async () => {
    await page.evaluate(() => {
      window.isLoadOver = true;
    });
    await load;
  };
}

test.describe('the scaling of the pool', () => {
  // The app takes its time between attempts and between decisions.
  test.describe.configure({ timeout: 120_000 });

  let cluster: PostgresCluster;

  test.beforeAll(async () => {
    cluster = await PostgresCluster.start({
      settings: { max_connections: String(grantedCount), superuser_reserved_connections: '0' },
      sql: ['CREATE TABLE load AS SELECT n FROM generate_series(1, 300000) AS n'],
    });
  });

  test.afterAll(async () => {
    await cluster.dispose();
  });

  test('is explained: what it did, and what the server refused', async ({ mooring: { page } }) => {
    const { password, port } = cluster;
    await pasteUrl(page, `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`);
    await page.getByRole('button', { name: 'Pool and time-outs' }).click();
    await page.getByLabel('Minimum connections').fill('1');
    await page.getByLabel('Maximum connections').fill('20');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await showSegment(page, 'Metrics');
    const endLoad = await countRows(page, 16);
    // Marks in the chart of the connections, those that are close together as one.
    const marks = page.getByRole('list', { name: 'Scaling' }).getByRole('button');
    await expect(marks.first()).toHaveAccessibleName(/Grew \d+ → \d+: /, { timeout: 30_000 });
    const refused = page.getByRole('button', {
      name: /Limited to \d: the server refused another connection/,
    });
    await expect(refused.first()).toBeVisible({ timeout: 30_000 });
    await refused.first().hover();
    await expect(page.getByRole('tooltip')).toContainText(/\d+\s% in use, .+ requests per second/);
    await expect(page.getByText(/^server allows \d$/)).toBeVisible();
    await expectAccessible(page, 'metrics of a pool that was scaled');
    await endLoad();
  });
});
