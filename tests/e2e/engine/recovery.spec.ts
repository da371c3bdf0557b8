import type { Page } from '@playwright/test';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import {
  expectRetrying,
  expectState,
  expectTestPassed,
  failTest,
  pasteUrl,
  saveAndConnect,
} from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { showSegment } from '../support/window.ts';

test.describe('a server that cannot be reached any more', () => {
  // The app takes its time between attempts and between decisions.
  test.describe.configure({ timeout: 120_000 });

  let cluster: PostgresCluster;
  let path: FaultProxy;

  test.beforeAll(async () => {
    cluster = await PostgresCluster.start();
    path = await FaultProxy.start(cluster);
  });

  test.afterAll(async () => {
    await path.dispose();
    await cluster.dispose();
  });

  const paste = (page: Page): Promise<void> =>
    pasteUrl(
      page,
      `postgresql://postgres:${cluster.password}@127.0.0.1:${path.port}/postgres?sslmode=disable`,
    );

  async function connectAndLose(page: Page): Promise<void> {
    await path.heal();
    await paste(page);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    path.refuse();
    path.cut('reset');
  }

  test('is told with a countdown, and “Try now” connects before that has ended', async ({
    mooring: { page },
  }) => {
    path.refuse();
    await paste(page);
    await failTest(page, /The connection to .* was refused/);
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await expectState(page, 'Waiting to retry', 45_000);
    // After several failures the wait is long enough to be sure that it was not the app by itself.
    await expect(page.getByText(/^Paused until .+ \((\d\d|[5-9]) s\)$/).first()).toBeVisible({
      timeout: 45_000,
    });
    await path.heal();
    await page.getByRole('main').getByRole('button', { name: 'Try now' }).press('Enter');
    await expectState(page, 'Connected', 4_000);
    await expect(page.getByRole('main').getByRole('button', { name: 'Try now' })).toBeHidden();
  });

  test('can be tried by key, from every tab, and the screen is accessible meanwhile', async ({
    mooring: { page },
  }) => {
    await connectAndLose(page);
    await showSegment(page, 'Metrics');
    await expectState(page, 'Waiting to retry', 45_000);
    await expectAccessible(page, 'waiting to retry');
    await path.heal();
    await page.keyboard.press('F5');
    await expectState(page, 'Connected');
    await expect(page.getByRole('treeitem').first()).toBeVisible();
  });

  test('comes back by itself and says nothing about it', async ({ mooring: { page } }) => {
    await connectAndLose(page);
    await expectRetrying(page);
    await path.heal();
    await expectState(page, 'Connected', 45_000);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});
