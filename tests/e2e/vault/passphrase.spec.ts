import type { Page } from '@playwright/test';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { answerQuestions } from '../support/answerQuestions.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { expectState, expectTestPassed, openSecurity, pasteUrl } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { connectShown, navigatorRow, openSource, settingsTab } from '../support/window.ts';

const passphrase = 'vier Elefanten im Treppenhaus';
const next = 'seven quiet lighthouses';
/** No message bus: a computer without a keychain. */
const withoutKeychain = { env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } };

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

async function unlock(page: Page, text: string): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

test.describe('without a keychain', () => {
  let cluster: PostgresCluster;

  test.beforeAll(async () => {
    cluster = await PostgresCluster.start();
  });

  test.afterAll(async () => {
    await cluster.dispose();
  });

  const url = () =>
    `postgresql://postgres:${encodeURIComponent(cluster.password)}@127.0.0.1:${cluster.port}/postgres?sslmode=disable`;

  async function saveWithPassword(page: Page): Promise<void> {
    await pasteUrl(page, url());
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await page.getByRole('button', { name: 'Save and connect' }).click();
  }

  test('the first save asks where the key shall be; a passphrase then guards app and passwords', async ({
    launch,
  }) => {
    test.setTimeout(120_000);
    const first = await launch(withoutKeychain);
    const { page } = first;
    await saveWithPassword(page);
    const choice = dialog(page, 'Choose key storage');
    await expect(choice).toContainText('No keychain');
    await choice.getByRole('button', { name: 'Try the keychain again' }).click();
    await expect(choice).toBeVisible();
    await choice.getByRole('radio', { name: /^Passphrase/ }).check();
    await choice.getByLabel('New passphrase').fill('password1');
    await expect(choice.getByRole('status').filter({ hasText: 'Very easy to guess' })).toBeVisible();
    await choice.getByLabel('New passphrase').fill(passphrase);
    await choice.getByLabel('Repeat passphrase').fill(passphrase);
    await expect(choice.getByRole('status').filter({ hasText: /: (Strong|Very strong)$/ })).toBeVisible();
    await expectAccessible(page, 'choosing a mode');
    await choice.getByRole('button', { name: 'Use this passphrase' }).click();
    await expectState(page, 'Connected');

    await openSecurity(page);
    const settings = settingsTab(page);
    await expect(settings).toContainText('protected by your passphrase');
    await settings.getByRole('switch', { name: /Lock Mooring with the passphrase/ }).click({ force: true });
    await expect(settings.getByRole('switch', { name: /Lock Mooring/ })).toBeChecked();
    await expectAccessible(page, 'security settings');
    await page.keyboard.press('Control+w');
    await page.keyboard.press('Control+l');
    await expect(page.getByText('Locked. Enter your passphrase')).toBeVisible();
    await expect(page.getByText('postgres on 127')).toHaveCount(0);
    await page.getByText('Forgot passphrase?').click();
    await expectAccessible(page, 'lock screen');
    await unlock(page, 'not this one');
    await expect(page.getByText(/passphrase is wrong|not the passphrase/i)).toBeVisible();
    await unlock(page, passphrase);
    await expectState(page, 'Connected');
    // As the system does when the lid is closed.
    await first.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
    await expect(page.getByText('Locked. Enter your passphrase')).toBeVisible();
    await unlock(page, passphrase);
    await expectState(page, 'Connected');
    await first.close();

    const second = await launch(withoutKeychain);
    await expect(second.page.getByText('Locked. Enter your passphrase')).toBeVisible();
    await unlock(second.page, passphrase);
    await openSource(second.page, /postgres on 127/);
    await connectShown(second.page);
    await expectState(second.page, 'Connected');

    await openSecurity(second.page);
    await second.page.getByRole('button', { name: 'Change passphrase…' }).click();
    const change = dialog(second.page, 'Change passphrase');
    await change.getByLabel('Current passphrase').fill(passphrase);
    await change.getByLabel('New passphrase').fill(next);
    await change.getByLabel('Repeat passphrase').fill(next);
    await change.getByRole('button', { name: 'Change', exact: true }).click();
    await expect(change).toBeHidden();
    await second.close();

    const third = await launch(withoutKeychain);
    await unlock(third.page, next);
    await expect(navigatorRow(third.page, /postgres on 127/)).toBeVisible();
  });

  test('“this session only” writes no password, and asks for it after the next start', async ({ launch }) => {
    const first = await launch(withoutKeychain);
    await saveWithPassword(first.page);
    const choice = dialog(first.page, 'Choose key storage');
    await choice.getByRole('radio', { name: /^This session only/ }).check();
    await choice.getByRole('button', { name: 'Keep for this session' }).click();
    await expectState(first.page, 'Connected');
    await first.close();

    const second = await launch(withoutKeychain);
    const { page } = second;
    // Nothing is signed without a key, so the address must be confirmed.
    await answerQuestions(second, 'yes');
    await openSource(page, /postgres on 127/);
    await connectShown(page);
    const prompt = page.getByRole('dialog');
    await expectState(page, 'Password needed');
    await expectAccessible(page, 'password prompt');
    await prompt.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    // Not before the answer: what is entered while an attempt runs does not count.
    await expect(prompt.getByText(/rejected the password of postgres/)).toBeVisible();
    await prompt.getByLabel('Password', { exact: true }).fill(cluster.password);
    await page.keyboard.press('Enter');
    await expectState(page, 'Connected');
  });
});
