import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { isRunning, threadNames } from '../../support/foreignProcess.ts';
import { KeyringSession } from '../../support/KeyringSession.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { callApi } from '../support/callApi.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { test as base, expect } from '../support/test.ts';

const password = 'hunter2 🐘';
const typed = typedPassword(password);

/** A keyring that no other test uses, and an app that is told of no other. */
const test = base.extend<{ keyring: KeyringSession; start: () => Promise<RunningApp> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  keyring: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'mooring-keyring-'));
    const keyring = await KeyringSession.start(folder);
    await use(keyring);
    await keyring.end();
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ launch, keyring }, use) => {
    const { DBUS_SESSION_BUS_ADDRESS: bus = '' } = keyring.env;
    await use(() => launch({ env: { DBUS_SESSION_BUS_ADDRESS: bus } }));
  },
});

let cluster: PostgresCluster;

test.beforeAll(async () => {
  cluster = await PostgresCluster.start({
    hba: ['host all trusted 127.0.0.1/32 trust'],
    sql: ['CREATE ROLE trusted LOGIN', `CREATE ROLE guarded LOGIN PASSWORD '${password}'`],
  });
});

test.afterAll(() => cluster.dispose());

const save = (page: Page, user: string, secrets: Draft['secrets']) =>
  callApi(page, 'dataSources.save', {
    id: null,
    fields: someFields({ name: user, host: '127.0.0.1', port: cluster.port, database: 'postgres', user }),
    secrets,
  });

/** The id of the data source, which is saved without a doubt. */
async function saved(page: Page, user: string, secrets: Draft['secrets']): Promise<string> {
  const answer = await save(page, user, secrets);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.title}`);
  return answer.value.dataSource.id;
}

async function expectConnected(page: Page, id: string): Promise<void> {
  const connected = await callApi(page, 'dataSources.connect', { id, secret: null });
  expect(connected).toMatchObject({ ok: true });
  const status = async () => {
    const states = await callApi(page, 'dataSources.states', null);
    return states.ok ? states.value[id]?.status : states.error.code;
  };
  await expect.poll(status).toBe('ready');
}

/** The process that asks the keychain; undefined when there is none. */
const helperPid = ({ app }: RunningApp): Promise<number | undefined> =>
  app.evaluate((electron) => {
    const processes = electron.app.getAppMetrics();
    return processes.find(({ name }) => name === 'Mooring keychain')?.pid;
  });

/** Waits until a call has reached the keyring. @returns the process that waits for it */
async function callUnderWay(running: RunningApp): Promise<number> {
  let pid = 0;
  const threads = async () => {
    pid = (await helperPid(running)) ?? 0;
    return threadNames(pid);
  };
  // The thread of the message bus.
  await expect.poll(threads, { intervals: [50] }).toContain('gdbus');
  return pid;
}

test.describe('a keychain that hangs', () => {
  test('delays neither the window, nor connecting without a saved password, nor quitting', async ({
    keyring,
    start,
  }) => {
    keyring.freeze();
    const running = await start();
    const { page } = running;
    const id = await saved(page, 'trusted', {});

    const failing = save(page, 'guarded', typed);
    const firstHelper = await callUnderWay(running);
    await page.getByRole('button', { name: 'New data source' }).click({ timeout: 1_000 });
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 1_000 });
    await page.keyboard.press('Escape');
    await expectConnected(page, id);
    expect(await failing).toMatchObject({ ok: false, error: { code: 'VAULT_MODE_REQUIRED' } });
    await expect.poll(() => isRunning(firstHelper)).toBe(false);

    void save(page, 'guarded', typed).catch(() => 'the page is gone');
    const secondHelper = await callUnderWay(running);
    const startedMs = performance.now();
    await running.close();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    await expect.poll(() => isRunning(secondHelper)).toBe(false);
  });

  test('is used again by itself when it is back, and what it keeps opens after a new start', async ({
    keyring,
    start,
  }) => {
    keyring.freeze();
    const first = await start();
    expect((await save(first.page, 'guarded', typed)).ok).toBe(false);
    keyring.thaw();
    const id = await saved(first.page, 'guarded', typed);
    await first.close();

    await keyring.stopDaemon();
    await keyring.startDaemon();
    const second = await start();
    await expectConnected(second.page, id);
  });

  test('does not keep the helper of an app that was killed', async ({ keyring, start }) => {
    keyring.freeze();
    const running = await start();
    void save(running.page, 'guarded', typed).catch(() => 'the page is gone');
    const helper = await callUnderWay(running);
    running.app.process().kill('SIGKILL');
    await expect.poll(() => isRunning(helper), { timeout: 2_000 }).toBe(false);
  });
});
