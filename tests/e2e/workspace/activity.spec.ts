import type { Page } from '@playwright/test';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { showSegment } from '../support/window.ts';

/** Somebody else's session on the server. */
interface Foreigner {
  run(sql: string): Promise<unknown>;
  end(): Promise<void>;
}

interface ServerUnderTest {
  readonly url: string;
  readonly sleep: string;
  connect(): Promise<Foreigner>;
  dispose(): Promise<void>;
}

const stock = ['CREATE TABLE stock (id INT PRIMARY KEY, amount INT)', 'INSERT INTO stock VALUES (1, 10)'];
const change = 'UPDATE stock SET amount = amount + 1 WHERE id = 1';

async function postgres(): Promise<ServerUnderTest> {
  const cluster = await PostgresCluster.start({ sql: stock });
  const { host, password, port, user } = cluster;
  return {
    url: `postgresql://${user}:${password}@${host}:${port}/postgres?sslmode=disable`,
    sleep: 'SELECT pg_sleep(600)',
    async connect() {
      const client = new pg.Client({ host, port, user, password, database: 'postgres' });
      client.on('error', () => undefined);
      await client.connect();
      return { run: (sql) => client.query(sql), end: () => client.end() };
    },
    dispose: () => cluster.dispose(),
  };
}

async function mariadb(): Promise<ServerUnderTest> {
  const inShop = stock.map((statement) => statement.replace('stock', 'shop.stock'));
  const cluster = await MysqlCluster.start({ sql: ['CREATE DATABASE shop', ...inShop] });
  const { host, password, port, user } = cluster;
  return {
    url: `mysql://${user}:${password}@${host}:${port}/shop?ssl-mode=DISABLED`,
    sleep: 'SELECT SLEEP(600)',
    async connect() {
      const client = await createConnection({ host, port, user, password, database: 'shop' });
      client.on('error', () => undefined);
      return { run: (sql) => client.query(sql), end: async () => client.destroy() };
    },
    dispose: () => cluster.dispose(),
  };
}

/** The screens are the same whatever the engine: axe looks at them once. */
async function looksRight(page: Page, name: string, what: string): Promise<void> {
  if (name === 'postgres') await expectAccessible(page, what);
}

const sessions = (page: Page) => page.getByRole('grid', { name: 'Sessions' });
const waits = (page: Page) => page.getByRole('treegrid');
const detail = (page: Page) => page.getByRole('region', { name: 'Selected session' });
const listed = (page: Page) => page.getByRole('radiogroup', { name: 'What is listed' });

for (const [name, start] of Object.entries({ postgres, mariadb })) {
  test(`who blocks whom is seen and ended: ${name}`, async ({ mooring: { page } }) => {
    // A server is made first, and three screens are checked in two sizes.
    test.setTimeout(180_000);
    const server = await start();
    try {
      await pasteUrl(page, server.url);
      await saveAndConnect(page);
      await showSegment(page, 'Activity');
      await expect(page.getByText(/^Sampled in .+, every/)).toBeVisible();
      await looksRight(page, name, 'activity');
      const [holder, waiter] = [await server.connect(), await server.connect()];
      await holder.run('BEGIN');
      await holder.run(change);
      const waiting = waiter.run(change);

      await test.step('the session that is in the way stands above the one that waits for it', async () => {
        await listed(page).getByText('Blocking (1)').click();
        const rows = waits(page).getByRole('row');
        await expect(rows.nth(1)).toContainText('Idle in transaction');
        await expect(rows.nth(1)).toHaveAttribute('aria-level', '1');
        await expect(rows.nth(2)).toContainText(/Waiting for a lock.*row in .*stock/);
        await expect(rows.nth(2)).toHaveAttribute('aria-level', '2');
        await rows.nth(1).click();
        await expect(detail(page)).toContainText('Blocks');
        await looksRight(page, name, 'who blocks whom');
      });

      await test.step('it is terminated after a question, and the other one goes on', async () => {
        await waits(page).press('Delete');
        const question = page.getByRole('dialog');
        await expect(question).toContainText(/Terminate session \d+\?/);
        await expect(question).toContainText('is rolled back');
        await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
        await looksRight(page, name, 'the question before a session is ended');
        await question.getByRole('button', { name: 'Terminate session' }).click();
        await waiting;
        await expect(page.getByText(/^The server was asked to end session \d+\.$/)).toBeVisible();
        await expect(page.getByText('Nobody waits for a lock')).toBeVisible();
        await expect(detail(page)).toContainText('This session has ended.');
      });

      await test.step('a statement is cancelled, and its session stays', async () => {
        const sleeping = waiter.run(server.sleep).then(
          () => 'done',
          () => 'cancelled',
        );
        await listed(page).getByText('Sessions').click();
        await page.getByRole('textbox', { name: 'Filter sessions' }).fill(server.sleep);
        const row = sessions(page).getByRole('row').filter({ hasText: server.sleep });
        await row.click();
        await expect(detail(page).locator('pre')).toHaveText(server.sleep);
        await detail(page).getByRole('button', { name: 'Cancel statement…' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Cancel statement' }).click();
        await sleeping;
        await expect(detail(page).getByRole('button', { name: 'Cancel statement…' })).toBeDisabled();
        await waiter.run('SELECT 1');
      });

      await test.step('Mooring does not end the session that it looks with, and can leave it out', async () => {
        await page.getByRole('button', { name: 'Clear filter' }).click();
        const own = sessions(page).locator('[data-mark="dimmed"]');
        await own.click();
        await expect(detail(page).getByRole('button', { name: 'Terminate session…' })).toBeDisabled();
        await page.getByRole('checkbox', { name: 'Hide Mooring’s' }).check();
        await expect(own).toHaveCount(0);
        await sessions(page).press('Space');
        await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
      });
      await holder.end().catch(() => undefined);
      await waiter.end();
    } finally {
      await server.dispose();
    }
  });
}
