import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput } from '../../../src/shared/ipc/contract.ts';
import { eventNames } from '../../../src/shared/ipc/events.ts';
import { everyAuditEntry } from '../../../src/shared/model/defaultAuditFilter.ts';
import { defaultTracingSettings } from '../../../src/shared/model/defaults.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { TraceReceiver } from '../../support/TraceReceiver.ts';
import { callApi, type PageApi } from '../support/callApi.ts';
import { filesWithSecret, spellings } from '../support/findSecret.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { expect, test } from '../support/test.ts';

/** Nothing here survives careless quoting, cutting or encoding unchanged, and nothing else looks like it. */
const makeSecret = (what: string) => `${what} "${randomUUID()}'\\%41 ß/+🔑`;

const secrets = {
  password: makeSecret('password'),
  wrongPassword: makeSecret('wrong'),
  typedOnly: makeSecret('typed'),
  passphrase: makeSecret('passphrase'),
  secondPassphrase: makeSecret('second'),
  wrongPassphrase: makeSecret('guess'),
  exportPassphrase: makeSecret('export'),
  // A header has no other characters.
  traceHeader: `header "${randomUUID()}'\\%41/+`,
};

let cluster: PostgresCluster;
let elsewhere: string;
let receiver: TraceReceiver;

test.beforeAll(async () => {
  receiver = await TraceReceiver.start();
  const literal = (text: string) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  cluster = await PostgresCluster.start({
    sql: [
      `CREATE ROLE canary LOGIN PASSWORD ${literal(secrets.password)}`,
      `CREATE ROLE typed LOGIN PASSWORD ${literal(secrets.typedOnly)}`,
    ],
  });
  elsewhere = mkdtempSync(join(tmpdir(), 'mooring-canary-'));
});

test.afterAll(async () => {
  await Promise.all([cluster.dispose(), receiver.close()]);
  rmSync(elsewhere, { recursive: true, force: true });
});

/** Everything that main tells the page, for as long as the page lives. */
async function listen(page: Page): Promise<void> {
  await page.evaluate((names) => {
    const seen: unknown[] = [];
    const { api } = window as unknown as { api: PageApi };
    for (const name of names) api.on(name, (payload) => seen.push([name, payload]));
    Object.assign(window, { seen });
  }, eventNames);
}

/** Uses main past the window, and keeps what it answered. */
class Traffic {
  readonly #page: Page;
  readonly #answers: unknown[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** A call that must work. */
  async ok<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const answer = await callApi(this.#page, name, input);
    this.#answers.push([name, answer]);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.title}`);
    return answer.value;
  }

  /** A call that must fail. */
  async refused<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<string> {
    const answer = await callApi(this.#page, name, input);
    this.#answers.push([name, answer]);
    return answer.ok ? 'ok' : answer.error.code;
  }

  async all(): Promise<string> {
    const events = await this.#page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);
    return JSON.stringify([this.#answers, events]);
  }
}

/** The file dialogs and questions answer by themselves: a person is not part of this test. */
async function answerDialogs({ app }: RunningApp, file: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
  }, file);
}

const source = (user: string, name: string) =>
  someFields({ name, host: cluster.host, port: cluster.port, user, database: 'postgres' });

/** Everything that is done is traced, and statements carry their trace. */
async function trace(traffic: Traffic): Promise<void> {
  const { endpoint } = receiver;
  const settings = { ...defaultTracingSettings, endpoint, inComment: true, inApplicationName: true };
  await traffic.ok('tracing.configure', { ...settings, isOn: true });
  const header = { name: 'authorization', value: secrets.traceHeader };
  await traffic.ok('tracing.setHeader', { header });
  await traffic.ok('tracing.test', null);
  expect(receiver.headers.at(-1)?.authorization).toBe(secrets.traceHeader);
}

async function useData(traffic: Traffic): Promise<string> {
  const typed = typedPassword(secrets.password);
  const fields = source('canary', 'Canary');
  const passed = await traffic.ok('dataSources.test', { id: null, fields, secrets: typed });
  expect(passed.outcome).toBe('passed');
  const wrong = typedPassword(secrets.wrongPassword);
  const failed = await traffic.ok('dataSources.test', { id: null, fields, secrets: wrong });
  expect(failed.outcome).toBe('failed');
  const { id } = (await traffic.ok('dataSources.save', { id: null, fields, secrets: typed })).dataSource;
  await traffic.ok('dataSources.connect', { id, secret: null });
  await traffic.ok('dataSources.serverInfo', { id });
  await traffic.ok('dataSources.disconnect', { id });
  const other = await traffic.ok('dataSources.save', {
    id: null,
    fields: source('typed', 'Typed'),
    secrets: {},
  });
  const secret = { field: 'password', value: secrets.typedOnly, remember: false };
  await traffic.ok('dataSources.connect', { id: other.dataSource.id, secret });
  await traffic.ok('dataSources.duplicate', { id });
  await traffic.ok('dataSources.copyUrl', { id, withPassword: false });
  await traffic.ok('dataSources.copyUrl', { id, withPassword: true });
  return id;
}

async function useVault(traffic: Traffic, id: string): Promise<void> {
  const { passphrase, secondPassphrase, wrongPassphrase } = secrets;
  await traffic.ok('vault.rotate', { destroyOldKey: true, current: null });
  await traffic.ok('vault.setMode', { choice: { mode: 'passphrase', passphrase }, current: null });
  await traffic.ok('vault.changePassphrase', { current: passphrase, next: secondPassphrase });
  await traffic.ok('vault.lock', null);
  expect(await traffic.refused('vault.unlock', { passphrase: wrongPassphrase })).toBe(
    'VAULT_PASSPHRASE_WRONG',
  );
  await traffic.ok('vault.unlock', { passphrase: secondPassphrase });
  await traffic.ok('vault.rotate', { destroyOldKey: false, current: null });
  await traffic.ok('dataSources.connect', { id, secret: null });
  await traffic.ok('recovery.backUp', null);
}

async function moveHouse(traffic: Traffic, id: string): Promise<void> {
  const protection = { type: 'passphrase', passphrase: secrets.exportPassphrase } as const;
  const exported = await traffic.ok('transfer.export', { ids: [id], protection });
  expect(exported).toMatchObject({ outcome: 'saved', secretCount: 1 });
  const opened = await traffic.ok('transfer.open', null);
  if (opened.outcome !== 'locked') throw new Error('The export was not encrypted.');
  const { importId } = opened;
  const guess = { importId, passphrase: secrets.wrongPassphrase };
  expect(await traffic.refused('transfer.unlock', guess)).toBe('IMPORT_NOT_OPENED');
  await traffic.ok('transfer.unlock', { importId, passphrase: secrets.exportPassphrase });
  const choices = [{ index: 0, action: 'keep-both' as const }];
  const report = await traffic.ok('transfer.apply', { importId, choices, withSecrets: true });
  expect(report).toMatchObject({ addedCount: 1, secretCount: 1 });
}

/** What every process of this user shows to others: command lines and environments. */
function shownByProcesses(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ', 'comm'].map((file) => readQuietly(`/proc/${pid}/${file}`)))
    .join('\n');
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Which secrets a text holds, in any spelling; also as JSON quotes them. */
const found = (text: string): string[] =>
  Object.entries(secrets)
    .filter(([, secret]) =>
      [...spellings(secret), Buffer.from(JSON.stringify(secret).slice(1, -1))].some((form) =>
        text.includes(form.toString('utf8')),
      ),
    )
    .map(([name]) => name);

test('no secret is in any file, log, answer, event, trace or process, whatever is done and however it ends', async ({
  launch,
  userData,
}) => {
  test.setTimeout(120_000);
  const exportFile = join(elsewhere, 'export.mooring');
  const first = await launch();
  await listen(first.page);
  await answerDialogs(first, exportFile);
  const traffic = new Traffic(first.page);
  await trace(traffic);
  const id = await useData(traffic);
  await useVault(traffic, id);
  await moveHouse(traffic, id);
  await traffic.ok('audit.page', { filter: everyAuditEntry, before: null, limit: 500 });
  await traffic.ok('app.info', null);
  await traffic.ok('diagnostics.collect', null);
  const seen = await traffic.all();
  // The search itself would find one.
  expect(found(`${seen}${JSON.stringify(secrets.typedOnly)}`)).toEqual(['typedOnly']);
  expect(found(seen)).toEqual([]);
  expect(found(shownByProcesses())).toEqual([]);

  first.app.process().kill('SIGKILL');
  const second = await launch();
  await listen(second.page);
  await answerDialogs(second, 'unused');
  const after = new Traffic(second.page);
  await after.ok('vault.unlock', { passphrase: secrets.secondPassphrase });
  await after.ok('dataSources.connect', { id, secret: null });
  const move = { choice: { mode: 'session' as const }, current: secrets.secondPassphrase };
  await after.ok('vault.setMode', move);
  expect(found(await after.all())).toEqual([]);
  await second.close();
  expect(receiver.spans.length).toBeGreaterThan(20);
  expect(found(receiver.texts.join('\n'))).toEqual([]);

  for (const folder of [userData, elsewhere]) {
    for (const [name, secret] of Object.entries(secrets)) {
      expect([name, filesWithSecret(folder, secret)]).toEqual([name, []]);
    }
  }
});
