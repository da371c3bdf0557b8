import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import { Database } from '../../src/main/store/Database.ts';
import { SqliteMetricsRepository } from '../../src/main/store/SqliteMetricsRepository.ts';
import { dataSourceIdSchema } from '../../src/shared/model/ids.ts';
import { launchApp } from '../e2e/support/launchApp.ts';
import { expectState, pasteUrl, saveAndConnect } from '../e2e/support/steps.ts';
import { connectShown, openSource, showSegment } from '../e2e/support/window.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { type Figure, median } from './figures.ts';
import { longestDuring, watchTasks } from './longTasks.ts';
import { fillHistory } from './metrics.ts';

const liveMs = 10_000;
const rounds = 5;

/** All that is ever kept of the data sources in the store of an app that is closed. */
function fillStore(folder: string): void {
  const database = Database.open({ folder, clock, logger });
  const rows = database.prepare('SELECT id FROM data_sources').all();
  const ids = z
    .array(z.object({ id: dataSourceIdSchema }))
    .parse(rows)
    .map(({ id }) => id);
  fillHistory({ ids, repository: new SqliteMetricsRepository(database), clock });
  database.close();
}

const names = ['left', 'right'] as const;

/** Two data sources of one server, with a week of figures each. */
async function prepare(cluster: PostgresCluster, userData: string): Promise<void> {
  const { host, port, user, password } = cluster;
  const { page, close } = await launchApp({ userData });
  for (const name of names) {
    await pasteUrl(page, `postgres://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await page.getByLabel('Name').first().fill(name);
    await saveAndConnect(page);
  }
  await close();
  fillStore(userData);
}

/** Both side by side in a large window, each with more charts than are in view. */
async function openPanels(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1920, height: 1_080 });
  for (const name of names) {
    await openSource(page, name);
    await connectShown(page);
    await expectState(page, 'Connected');
    await showSegment(page, 'Metrics');
  }
  await page.keyboard.press('Control+\\');
  await page.locator('figure canvas').nth(19).waitFor();
}

const chooseRange = async (page: Page, range: string): Promise<void> => {
  for (const group of await page
    .getByRole('radiogroup', { name: 'Time range' })
    .filter({ visible: true })
    .all())
    await group.getByText(range).click();
};

/** With the wheel, down and up again. */
async function scrollThrough(page: Page): Promise<void> {
  await page.mouse.move(600, 600);
  for (const way of [1, -1]) {
    for (let turn = 0; turn < 20; turn += 1) {
      await page.mouse.wheel(0, 100 * way);
      // As quick as a hand turns it.
      await wait(50);
    }
  }
}

/** The window with more than twenty charts: no task of it may take longer than 50 ms, so that keys and scrolling go on. */
export async function measurePanel(): Promise<readonly Figure[]> {
  const cluster = await PostgresCluster.start();
  const userData = mkdtempSync(join(tmpdir(), 'mooring-panel-'));
  await prepare(cluster, userData);
  const { page, close } = await launchApp({ userData });
  try {
    await openPanels(page);
    const count = await page.locator('figure canvas').count();
    await watchTasks(page);
    const live = await longestDuring(page, () => wait(liveMs));
    const scrolled = await longestDuring(page, () => scrollThrough(page));
    const ranges: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const range of ['7 days', '24 h', '5 min']) {
        ranges.push(await longestDuring(page, () => chooseRange(page, range)));
      }
    }
    const name = `panel, ${count} charts: longest task`;
    const against = 'promised: at most 50 ms; 0 is none longer than that';
    return [
      { name: `${name} while they follow`, value: live, unit: 'ms', against },
      { name: `${name} while one scrolls`, value: scrolled, unit: 'ms', against },
      {
        name: `${name} of another range`,
        value: median(ranges),
        unit: 'ms',
        against: `${against}; the longest of ${ranges.length}: ${Math.max(...ranges).toFixed(0)} ms`,
      },
    ];
  } finally {
    await close();
    rmSync(userData, { recursive: true, force: true });
    await cluster.dispose();
  }
}
