import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parquetReadObjects } from 'hyparquet';
import type { Destination, Pipeline } from '../../../src/shared/model/pipelines.ts';
import type { Run } from '../../../src/shared/model/runs.ts';
import { RedisServer } from '../../support/RedisServer.ts';
import { somePipeline } from '../../support/somePipeline.ts';
import { answerQuestions } from '../support/answerQuestions.ts';
import { ask } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { pipelineList, shownRun } from '../support/pipelines.ts';
import { expectTestPassed, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { settingsTab, statusBar } from '../support/window.ts';

const bigCount = 400_000;

async function onlySource(page: Page): Promise<string> {
  const { dataSources } = await ask(page, 'dataSources.list', null);
  const [first] = dataSources;
  if (first === undefined) throw new Error('There is no data source.');
  return first.dataSource.id;
}

/** Begins by hand; what a person starts from the list. */
async function save(page: Page, sourceId: string, changes: Partial<Pipeline>): Promise<string> {
  const pipeline = somePipeline(
    { from: sourceId, to: sourceId },
    { schedule: { type: 'manual' }, ...changes },
  );
  const { id } = await ask(page, 'pipelines.save', { id: null, revision: null, pipeline });
  return id;
}

async function lastRun(page: Page, pipelineId: string): Promise<Run | undefined> {
  const [run] = await ask(page, 'runs.page', { pipelineId, before: null, limit: 1 });
  return run;
}

const isOver = (page: Page, id: string) =>
  expect.poll(async () => (await lastRun(page, id))?.state, { timeout: 120_000 });

const table = (sourceId: string, name: string, key: string): Destination => ({
  ...{ type: 'table', sourceId, table: { schema: 'public', name } },
  ...{ mode: 'upsert', key: [key] },
});

const runCount = async (page: Page, pipelineId: string): Promise<number> =>
  (await ask(page, 'runs.page', { pipelineId, before: null, limit: 10 })).length;

/** Names the server in the settings of pipelines, first with a wrong password, which is told and moves nothing. */
async function keepQueueIn(page: Page, server: RedisServer): Promise<void> {
  const settings = settingsTab(page);
  const password = settings.getByRole('textbox', { name: 'Password' });
  await page.keyboard.press('Control+,');
  await settings.getByRole('tab', { name: 'Pipelines' }).click();
  await settings.getByLabel('Where the queue is').selectOption('redis');
  await settings.getByLabel('Host').fill(server.host);
  await settings.getByLabel('Port').fill(String(server.port));
  await password.fill('a wrong one');
  await settings.getByRole('switch', { name: /^TLS/ }).uncheck();
  const saveButton = settings.getByRole('button', { name: 'Save', exact: true });
  await saveButton.click();
  await expect(settings.getByRole('heading', { name: /refused the log-in/ })).toBeVisible();
  await password.fill(server.password);
  await settings.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(settings.getByText(/^Redis .* can hold the queue/)).toBeVisible();
  await saveButton.click();
  await expect(saveButton).toBeHidden();
  await expectAccessible(page, 'the settings of the queue');
}

/** Saves a new key as a file, which others cannot read. */
async function replaceWorkerKey({ app, page }: RunningApp, path: string): Promise<void> {
  const { keyId } = await ask(page, 'queue.status', null);
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await page.getByRole('button', { name: 'New worker key…' }).click();
  await expect.poll(async () => (await ask(page, 'queue.status', null)).keyId).not.toBe(keyId);
  expect(readFileSync(path, 'utf8')).toMatch(/^mooring-worker-key-1\.[\w-]{43}\.[0-9a-f]{16}\n$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
}

test('a run goes on by itself when the app was killed in its middle, and each row is there once', async ({
  launch,
}) => {
  // The demo database and the queue are created first, and the app starts twice.
  test.setTimeout(300_000);
  const first = await launch();
  await testDemo(first.page);
  await saveAndConnect(first.page);
  const sourceId = await onlySource(first.page);
  const made = await save(first.page, sourceId, {
    name: 'Numbers',
    source: {
      type: 'query',
      sourceId,
      text: `SELECT g AS id, md5(g::text) AS digest FROM generate_series(1, ${bigCount}) AS g;`,
    },
    destination: table(sourceId, 'numbers', 'id'),
  });
  await ask(first.page, 'pipelines.run', { id: made, again: false });
  await isOver(first.page, made).toBe('succeeded');
  const copied = await save(first.page, sourceId, {
    name: 'Numbers again',
    source: { type: 'relation', sourceId, relation: { schema: 'public', name: 'numbers' } },
    destination: table(sourceId, 'numbers_again', 'id'),
  });
  const { id: runId } = await ask(first.page, 'pipelines.run', { id: copied, again: false });
  await expect
    .poll(async () => (await lastRun(first.page, copied))?.progress.writtenCount, {
      timeout: 60_000,
      intervals: [20],
    })
    .toBeGreaterThan(0);
  first.app.process().kill('SIGKILL');

  const { page } = await launch();
  await isOver(page, copied).toBe('succeeded');
  const run = await lastRun(page, copied);
  expect(run).toMatchObject({ id: runId, progress: { readCount: bigCount, writtenCount: bigCount } });
  const relation = { schema: 'public', name: 'numbers_again' };
  expect(await ask(page, 'schema.countRows', { id: sourceId, relation })).toMatchObject({ value: bigCount });

  await test.step('the window shows what it did', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Control+Shift+P');
    await pipelineList(page).getByText('Numbers again', { exact: true }).dblclick();
    await expect(shownRun(page).getByText('400,000').first()).toBeVisible();
    await expectAccessible(page, 'the runs of a pipeline');
  });

  await test.step('a run that fails is an alert that leads to it, until the next one succeeds', async () => {
    const failing = await save(page, sourceId, {
      name: 'Nightly sums',
      source: {
        type: 'query',
        sourceId,
        text: 'SELECT g AS id, 1 / (g - 5) AS sum FROM generate_series(1, 9) AS g',
      },
      destination: table(sourceId, 'sums', 'id'),
    });
    await ask(page, 'pipelines.run', { id: failing, again: false });
    await isOver(page, failing).toBe('failed');
    await statusBar(page).getByRole('button', { name: '1 alert firing' }).click();
    const alert = page.getByRole('grid', { name: 'Alerts' }).getByRole('row', { name: /Nightly sums/ });
    await expect(alert).toContainText('Pipeline failed');
    await expect(alert).toContainText('Firing');
    await alert.dblclick();
    await expect(
      shownRun(page)
        .getByText(/division by zero/)
        .first(),
    ).toBeVisible();
    const { pipeline, revision } = await ask(page, 'pipelines.get', { id: failing });
    const source = { type: 'query', sourceId, text: 'SELECT 1 AS id, 1 AS sum' } as const;
    await ask(page, 'pipelines.save', { id: failing, revision, pipeline: { ...pipeline, source } });
    await ask(page, 'pipelines.run', { id: failing, again: false });
    await isOver(page, failing).toBe('succeeded');
    await page.keyboard.press('Control+Shift+A');
    await expect(alert).toContainText('Resolved');
    await expectAccessible(page, 'the alert of a pipeline');
  });
});

test('the demo API goes into a Parquet file in a folder that a person chose', async ({
  mooring,
  userData,
}) => {
  test.setTimeout(300_000);
  const { app, page } = mooring;
  await page.getByRole('button', { name: 'New data source' }).first().click();
  await page.getByRole('button', { name: /^Use demo API/ }).click();
  await expectTestPassed(page, 120_000);
  await saveAndConnect(page);
  const sourceId = await onlySource(page);
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, userData);
  const folder = await ask(page, 'pipelines.chooseFolder', null);
  const id = await save(page, sourceId, {
    name: 'Customers',
    source: { type: 'relation', sourceId, relation: { schema: 'Shop', name: 'customers' } },
    destination: { type: 'file', folder: folder ?? '', name: 'customers', format: { type: 'parquet' } },
  });
  await ask(page, 'pipelines.run', { id, again: false });
  await isOver(page, id).toBe('succeeded');
  const run = await lastRun(page, id);
  const bytes = readFileSync(join(userData, run?.outcome?.fileName ?? ''));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const records = await parquetReadObjects({ file });
  expect(records.length).toBe(run?.progress.readCount);
  expect(records.length).toBeGreaterThan(100);

  await test.step('and again over a Redis that a person names in the settings', async () => {
    await answerQuestions(mooring, 'yes');
    const redis = await RedisServer.start();
    try {
      await keepQueueIn(page, redis);
      await ask(page, 'pipelines.run', { id, again: false });
      await expect.poll(() => runCount(page, id), { timeout: 120_000 }).toBe(2);
      await isOver(page, id).toBe('succeeded');
      await expect(settingsTab(page).getByText('Running', { exact: true })).toBeVisible();
      await replaceWorkerKey(mooring, join(userData, 'worker.key'));
      await page.getByLabel('Where the queue is').filter({ visible: true }).selectOption('local');
      await page.getByRole('button', { name: 'Save', exact: true }).filter({ visible: true }).click();
      await expect
        .poll(async () => (await ask(page, 'queue.status', null)).settings.place.type)
        .toBe('local');
    } finally {
      await redis.dispose();
    }
  });
});
