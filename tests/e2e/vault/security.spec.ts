import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { callApi } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { openSecurity } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigatorRow, settingsTab } from '../support/window.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

async function save(page: Page, name: string): Promise<string> {
  const fields = someFields({ name, host: '127.0.0.1', port: 9 });
  const secrets = typedPassword(`password of ${name}`);
  const answer = await callApi(page, 'dataSources.save', { id: null, fields, secrets });
  if (!answer.ok) throw new Error(answer.error.title);
  return answer.value.dataSource.id;
}

/** The system's dialogs answer by themselves: a person is not part of this test. */
async function answerDialogs({ app }: RunningApp, file: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, file);
}

test('rotation, reminder, modes and the audit trail work by keyboard alone', async ({ mooring }) => {
  const { page } = mooring;
  await answerQuestions(mooring, 'yes');
  await save(page, 'Warehouse');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).focus();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowDown');
  const settings = settingsTab(page);
  await expect(settings).toContainText('This computer’s keychain');
  await expect(settings).toContainText('Version 1');

  await settings.getByRole('button', { name: 'Rotate key…' }).focus();
  await page.keyboard.press('Enter');
  const rotate = dialog(page, 'Rotate key');
  await expect(rotate).toBeVisible();
  await expectAccessible(page, 'rotation');
  await rotate.getByRole('button', { name: 'Rotate', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(rotate).toContainText('Key version 2 is in use. 1 password was re-encrypted');
  await page.keyboard.press('Escape');
  await expect(rotate).toBeHidden();
  await expect(settings).toContainText('Version 2');

  await settings.getByRole('switch', { name: /Remind me/ }).focus();
  await page.keyboard.press('Space');
  await expect(settings.getByRole('switch', { name: /Remind me/ })).not.toBeChecked();

  await settings.getByRole('button', { name: 'Show audit trail' }).focus();
  await page.keyboard.press('Enter');
  const audit = dialog(page, 'Audit trail');
  await expect(audit).toContainText('Warehouse');
  await audit.getByRole('button', { name: 'Check integrity' }).click();
  await expect(audit).toContainText('Intact');
  await expectAccessible(page, 'audit trail');
  await page.keyboard.press('Escape');
  await expect(audit).toBeHidden();

  await settings.getByRole('button', { name: 'Change key storage…' }).focus();
  await page.keyboard.press('Enter');
  const change = dialog(page, 'Change key storage');
  await change.getByRole('radio', { name: /^This session only/ }).check();
  await change.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(change).toBeHidden();
  await expect(settings).toContainText('Memory only');
  expect(await questionsAsked(mooring)).toEqual(['Remove all saved passwords from disk?']);
});

test('a data source that was changed outside is shown, refused, and used again once confirmed', async ({
  launch,
  userData,
}) => {
  const first = await launch();
  const id = await save(first.page, 'Warehouse');
  await first.close();
  const sqlite = new Sqlite(join(userData, 'mooring.db'));
  sqlite
    .prepare('UPDATE data_sources SET fields = replace(fields, \'"readOnly":false\', \'"readOnly":true\')')
    .run();
  sqlite.close();

  const { page } = await launch();
  await navigatorRow(page, 'Warehouse').click();
  await expect(page.getByText('Changed outside Mooring').first()).toBeVisible();
  await expectAccessible(page, 'a changed data source');
  const refused = await callApi(page, 'dataSources.connect', { id, secret: null });
  expect(refused).toMatchObject({ ok: false, error: { code: 'DATA_SOURCE_CHANGED' } });
  await page.getByRole('button', { name: 'Confirm as it is…' }).first().click();
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByText('Changed outside Mooring')).toHaveCount(0);
});

test('data sources move to another Mooring in one encrypted file', async ({ launch, mooring }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-move-'));
  const file = join(folder, 'moved.mooring');
  try {
    await save(mooring.page, 'Warehouse');
    await save(mooring.page, 'Shop');
    await answerDialogs(mooring, file);
    await openSecurity(mooring.page);
    await mooring.page.getByRole('button', { name: 'Export…' }).click();
    const exporting = dialog(mooring.page, 'Export data sources');
    await exporting.getByLabel('New passphrase').fill('a passphrase for the road');
    await exporting.getByLabel('Repeat passphrase').fill('a passphrase for the road');
    await expectAccessible(mooring.page, 'export');
    await exporting.getByRole('button', { name: /^Export 2 data sources/ }).click();
    await expect(exporting).toContainText('2 data sources with 2 passwords');
    expect(existsSync(file)).toBe(true);
    await mooring.close();

    const elsewhere = await launch({ userData: join(folder, 'elsewhere') });
    await save(elsewhere.page, 'Shop');
    await answerDialogs(elsewhere, file);
    await openSecurity(elsewhere.page);
    await elsewhere.page.getByRole('button', { name: 'Import…' }).click();
    const importing = dialog(elsewhere.page, 'Import data sources');
    await importing.getByLabel('File passphrase').fill('wrong');
    await elsewhere.page.keyboard.press('Enter');
    await expect(importing.getByRole('alert')).toBeVisible();
    await importing.getByLabel('File passphrase').fill('a passphrase for the road');
    await elsewhere.page.keyboard.press('Enter');
    await expect(importing).toContainText('“Shop” already exists, with the same address.');
    await expectAccessible(elsewhere.page, 'import');
    await importing.getByLabel('Action for Shop').selectOption('Keep both');
    await importing.getByRole('button', { name: 'Import 2 data sources' }).click();
    await expect(importing).toContainText('2 added, 0 replaced, 0 skipped; 2 passwords saved.');
    await elsewhere.page.keyboard.press('Escape');
    await elsewhere.page.keyboard.press('Escape');
    for (const name of ['Warehouse', 'Shop', 'Shop (2)'])
      await expect(navigatorRow(elsewhere.page, name)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a damaged data file is moved aside and a backup restored from the window', async ({
  launch,
  userData,
}) => {
  const first = await launch();
  await save(first.page, 'Warehouse');
  const backedUp = await callApi(first.page, 'recovery.backUp', null);
  expect(backedUp).toMatchObject({ ok: true, value: { dataSourceCount: 1, secretCount: 1 } });
  await first.close();
  const garbage = 'This is no database. '.repeat(500);
  writeFileSync(join(userData, 'mooring.db'), garbage);

  const second = await launch();
  const { page } = second;
  await answerQuestions(second, 'yes');
  await expect(page.getByRole('heading', { name: 'Recover your data' })).toBeVisible();
  await expectAccessible(page, 'recovery');
  await page.getByRole('button', { name: /^Restore… \(/ }).click();
  await navigatorRow(page, 'Warehouse').click();
  await expect(page.getByRole('heading', { name: 'Warehouse' }).first()).toBeVisible();
  expect(existsSync(join(userData, 'damaged'))).toBe(true);
});

test('a backup is restored over data that is fine, and what came after it is kept aside', async ({
  mooring,
  userData,
}) => {
  const { page } = mooring;
  await answerQuestions(mooring, 'yes');
  await save(page, 'Warehouse');
  await openSecurity(page);
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('Backup created and verified')).toBeVisible();
  await save(page, 'Later');
  await page.getByRole('button', { name: 'Restore…' }).click();
  const restoring = dialog(page, 'Restore from a backup');
  await expectAccessible(page, 'restore');
  await restoring
    .getByRole('button', { name: /^Restore… \(/ })
    .last()
    .click();
  await expect(navigatorRow(page, 'Later')).toBeHidden();
  await expect(navigatorRow(page, 'Warehouse')).toBeVisible();
  const id = await save(page, 'After');
  const answer = await callApi(page, 'dataSources.connect', { id, secret: null });
  expect(answer).toMatchObject({ ok: false, error: { code: 'CONNECTION_REFUSED' } });
  expect(existsSync(join(userData, 'damaged'))).toBe(true);
});
