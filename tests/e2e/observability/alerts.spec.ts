import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { expectState, pasteUrl, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { expectSegment, openTab, statusBar } from '../support/window.ts';

const list = (page: Page) => page.getByRole('grid', { name: 'Alerts' });
const rows = (page: Page) => list(page).getByRole('row').filter({ hasText: 'Not reachable' });
const detail = (page: Page) => page.getByRole('region', { name: 'Selected alert' });
const bell = (page: Page) => statusBar(page).getByRole('button', { name: '1 alert firing' });
const rules = (page: Page) => page.getByRole('region', { name: 'Alert rules' });

/** Notifications are kept instead of shown, as if the window were behind another one. */
async function watchDesktop({ app }: RunningApp): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown });
    BrowserWindow.prototype.isFocused = () => false;
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this);
    };
  });
}

const notices = ({ app }: RunningApp): Promise<string[]> =>
  app.evaluate(() =>
    (globalThis as unknown as { shown: Electron.Notification[] }).shown.map(({ title }) => title),
  );

const clickNotice = ({ app }: RunningApp): Promise<unknown> =>
  app.evaluate(() =>
    (globalThis as unknown as { shown: Electron.Notification[] }).shown.at(-1)?.emit('click'),
  );

test('a server that goes away is an alert: in the status bar, on the desktop and in the list, until it is back', async ({
  mooring,
}) => {
  // The app takes its time between attempts, and a server is made first.
  test.setTimeout(180_000);
  const { page } = mooring;
  const cluster = await PostgresCluster.start();
  try {
    const { host, password, port, user } = cluster;
    await watchDesktop(mooring);
    await pasteUrl(page, `postgresql://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await saveAndConnect(page);

    await test.step('rules are changed, and a data source gets one of its own', async () => {
      await page.keyboard.press('Control+Shift+A');
      await expect(page.getByText('No alerts')).toBeVisible();
      await page.getByRole('button', { name: 'Alert rules' }).first().click();
      const lasts = rules(page).getByLabel('Not reachable: Lasts for');
      await lasts.fill('soon');
      await expect(rules(page).getByText('Out of range')).toBeVisible();
      await lasts.fill('1');
      await lasts.press('Enter');
      await rules(page).getByRole('combobox', { name: 'Alert' }).selectOption('Error rate');
      await rules(page).getByRole('button', { name: 'Add rule' }).click();
      const own = rules(page)
        .getByRole('listitem')
        .filter({ hasText: /postgres|127/ });
      await own.getByLabel('Fires at').fill('40');
      await own.getByLabel('Fires at').press('Enter');
      await expect(own.getByLabel('Clears at')).toHaveAttribute('placeholder', '36');
      await expectAccessible(page, 'the rules of alerts');
      await own.getByRole('button', { name: 'Remove rule' }).click();
      await expect(own).toHaveCount(0);
      await expect(lasts).toHaveValue('1');
    });

    await test.step('the status bar and the desktop tell of it, and lead to it', async () => {
      await cluster.stop('immediate');
      await expect(bell(page)).toBeVisible({ timeout: 45_000 });
      await expect
        .poll(() => notices(mooring), { timeout: 15_000 })
        .toEqual([expect.stringMatching(/ is not reachable$/)]);
      await clickNotice(mooring);
      await expectSegment(page, 'Overview');
      await bell(page).click();
      await expect(openTab(page, 'Alerts')).toHaveAttribute('aria-selected', 'true');
      await expect(rows(page)).toHaveCount(1);
      await rows(page).click();
      await expect(rows(page)).toContainText('Firing');
      await expect(detail(page)).toContainText(/refused|closed|lost/i);
      await expectAccessible(page, 'an alert that fires');
    });

    await test.step('it can be snoozed, and is over when the server is back', async () => {
      await detail(page).getByRole('button', { name: 'Snooze' }).click();
      await page.getByRole('menuitem', { name: 'For 1 hour' }).click();
      await expect(detail(page)).toContainText('Snoozed until');
      await expect(bell(page)).toBeHidden();
      await cluster.startServer();
      await list(page).press('Enter');
      await expectSegment(page, 'Overview');
      await page.keyboard.press('F5');
      await expectState(page, 'Connected', 45_000);
      await openTab(page, 'Alerts').click();
      await expect(rows(page)).toContainText('Resolved');
    });

    await test.step('one that is snoozed fires without a word', async () => {
      await cluster.stop('immediate');
      await expect(rows(page).first()).toContainText('Snoozed', { timeout: 45_000 });
      await expect(rows(page)).toHaveCount(2);
      await expect(bell(page)).toBeHidden();
      expect(await notices(mooring)).toHaveLength(1);
    });
  } finally {
    await cluster.dispose();
  }
});
