import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { launchApp } from '../e2e/support/launchApp.ts';
import { pasteUrl, saveAndConnect } from '../e2e/support/steps.ts';
import { expandRow, navigatorRow } from '../e2e/support/window.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { type Figure, median } from './figures.ts';
import { longestDuring, watchTasks } from './longTasks.ts';

const tableCount = 280;
const rounds = 5;

/** Tables that refer to one to three of the thirty before them, with a dozen columns each. */
const schemaSql = (): readonly string[] => [
  'CREATE SCHEMA large',
  ...Array.from({ length: tableCount }, (_, index) => {
    const targets = new Set(
      [1, 7, 23].slice(0, 1 + (index % 3)).map((step) => index - 1 - ((index * step) % 30)),
    );
    const keys = [...targets]
      .filter((target) => target >= 0)
      .map((target) => `, parent_${target}_id int REFERENCES large.table_${target}`);
    const columns = Array.from({ length: 9 }, (_none, at) => `, column_${at} text`);
    return `CREATE TABLE large.table_${index} (id int PRIMARY KEY ${keys.join('')} ${columns.join('')})`;
  }),
];

const room = (page: Page) => page.getByRole('listbox', { name: 'Tables in the diagram of large' });

async function openDiagram(page: Page): Promise<void> {
  await navigatorRow(page, 'large').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Diagram' }).click();
  await room(page).getByRole('option').first().waitFor({ state: 'attached' });
  await wait(500);
}

/** With Ctrl and the wheel, from everything to one table and back. */
async function zoomThrough(page: Page): Promise<void> {
  await page.keyboard.down('Control');
  for (const way of [-1, 1]) {
    for (let turn = 0; turn < 24; turn += 1) {
      await page.mouse.wheel(0, 60 * way);
      // As quick as a hand turns it, which rests now and then.
      await wait(turn % 6 === 5 ? 300 : 40);
    }
  }
  await page.keyboard.up('Control');
}

/** A diagram of many tables: no task of the window may take longer than 50 ms. */
export async function measureDiagram(): Promise<readonly Figure[]> {
  const cluster = await PostgresCluster.start({ sql: [schemaSql().join(';\n')] });
  const userData = mkdtempSync(join(tmpdir(), 'mooring-diagram-'));
  const { host, port, user, password } = cluster;
  const { page, close } = await launchApp({ userData });
  try {
    await pasteUrl(page, `postgres://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await saveAndConnect(page);
    await expandRow(page, 'large');
    await watchTasks(page);
    const [opened, zoomed]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      opened.push(await longestDuring(page, () => openDiagram(page)));
      const box = await room(page).boundingBox();
      if (box === null) throw new Error('There is no diagram.');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      zoomed.push(await longestDuring(page, () => zoomThrough(page)));
      await page.keyboard.press('Control+w');
    }
    const figure = (what: string, values: readonly number[]): Figure => ({
      name: `diagram of ${tableCount} tables: longest task ${what}`,
      value: median(values),
      unit: 'ms',
      against: `goal: at most 50 ms; 0 is none longer than that; the longest of ${rounds}: ${Math.max(...values).toFixed(0)} ms`,
    });
    return [figure('when it opens', opened), figure('while it is zoomed', zoomed)];
  } finally {
    await close();
    rmSync(userData, { recursive: true, force: true });
    await cluster.dispose();
  }
}
