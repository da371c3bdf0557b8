import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { callApi } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { clipboard } from '../support/grid.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { openSecurity } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { statusBar } from '../support/window.ts';

/** In what is saved and what fails here; nothing that people send to others may have it. */
const canary = 'canary-harbour';

const trail = (page: Page) => page.getByRole('dialog', { name: 'Audit trail' });
const entries = (page: Page) =>
  page.getByRole('listbox', { name: /^Audit trail entries/ }).getByRole('option');

async function saveSource(page: Page, name: string): Promise<string> {
  const fields = someFields({ name, host: '127.0.0.1', port: 9, user: canary, database: canary });
  const secrets = typedPassword(`password of ${canary}`);
  const answer = await callApi(page, 'dataSources.save', { id: null, fields, secrets });
  if (!answer.ok) throw new Error(answer.error.title);
  return answer.value.dataSource.id;
}

async function chooseFile({ app }: RunningApp, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

async function runFromPalette(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Type a command/ }).fill(command);
  await page.getByRole('option', { name: command }).first().click();
}

test('the audit trail is filtered, exported and kept for a while, and a tampered one is found; diagnostics leave without names', async ({
  launch,
  userData,
}) => {
  test.setTimeout(120_000);
  const first = await launch();
  const { page } = first;
  await answerQuestions(first, 'yes');
  const id = await saveSource(page, canary);
  await saveSource(page, 'Warehouse');
  await callApi(page, 'dataSources.connect', { id, secret: null });
  await callApi(page, 'dataSources.copyUrl', { id, withPassword: false });

  await test.step('entries are found by what they are called and by how they ended', async () => {
    await runFromPalette(page, 'Audit trail');
    const search = page.getByRole('textbox', { name: 'Search the audit trail' });
    await search.fill('nothing is called so');
    await expect(trail(page).getByText('No matching entries')).toBeVisible();
    await search.fill('warehouse');
    await expect(trail(page).getByText('1 entry', { exact: true })).toBeVisible();
    // A list that comes back takes the keys from nobody.
    await expect(search).toBeFocused();
    await expect(entries(page)).toHaveCount(1);
    await entries(page).first().click();
    await expect(page.getByRole('region', { name: 'Selected entry' })).toContainText('data-source.saved');
    await expectAccessible(page, 'a filtered audit trail');
    await page.getByRole('textbox', { name: 'Search the audit trail' }).fill('nothing like it');
    await trail(page).getByRole('button', { name: 'Show all entries' }).click();
    await page.getByRole('combobox', { name: 'Kind of action' }).selectOption('Data sources');
    await expect(entries(page)).toHaveText([/Copy connection URL/, /Save data source/, /Save data source/]);
  });

  await test.step('what is shown is exported', async () => {
    const file = join(userData, 'trail.csv');
    await chooseFile(first, file);
    await trail(page).getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    await expect(page.getByText('Exported 3 entries to trail.csv')).toBeVisible();
    const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(header).toMatch(/^sequence,.*,hash,signature,keyVersion$/);
    expect(rows.every((row) => row.includes(',data-source.'))).toBe(true);
    expect(rows.join('\n')).not.toContain(canary);
    await page.keyboard.press('Escape');
  });

  await test.step('how long entries are kept is asked about', async () => {
    await openSecurity(page);
    await page.getByRole('combobox', { name: 'Keep entries for' }).selectOption('90 days');
    await expect(page.getByText('No entry is that old yet')).toBeVisible();
    expect(await questionsAsked(first)).toEqual(['Keep audit entries for 90 days only?']);
    await expect(page.getByRole('combobox', { name: 'Keep entries for' })).toHaveValue('90');
  });

  await test.step('diagnostics are shown, and copied as they are shown', async () => {
    await runFromPalette(page, 'Copy diagnostics');
    const preview = page.getByRole('region', { name: 'Text of the diagnostics' });
    await expect(preview).toContainText(`- ${id}: postgres`);
    await expect(preview).toContainText('## Errors in the log');
    await expectAccessible(page, 'diagnostics');
    await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
    await expect.poll(() => clipboard(first.app)).toBe(await preview.textContent());
    expect(await clipboard(first.app)).not.toMatch(/canary|127\.0\.0\.1/);
    await page.keyboard.press('Escape');
  });

  await first.close();
  const sqlite = new Sqlite(join(userData, 'mooring.db'));
  sqlite.prepare("UPDATE audit_entries SET outcome = 'CANCELLED' WHERE sequence = 2").run();
  sqlite.close();

  const second = await launch();
  await test.step('a trail that was tampered with is told of until somebody looks, and shown where', async () => {
    const warning = statusBar(second.page).getByRole('button', { name: 'Audit trail is broken' });
    await expect(warning).toBeVisible({ timeout: 20_000 });
    await warning.click();
    await expect(trail(second.page)).toContainText('Broken at entry 2');
    await expect(entries(second.page).filter({ hasText: 'Does not fit' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expectAccessible(second.page, 'a broken audit trail');
    await second.page.keyboard.press('Escape');
    await expect(warning).toBeHidden();
  });
});
