import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import {
  type AuditedCallName,
  type CallInput,
  type CallName,
  callNames,
  contract,
} from '../../../src/shared/ipc/contract.ts';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { everyAuditEntry } from '../../../src/shared/model/defaultAuditFilter.ts';
import { defaultTracingSettings } from '../../../src/shared/model/defaults.ts';
import type { Pipeline } from '../../../src/shared/model/pipelines.ts';
import { defaultPipelineSettings } from '../../../src/shared/model/pipelineViews.ts';
import { defaultAppLockSettings } from '../../../src/shared/model/vault.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { json } from '../../support/rest/ApiServer.ts';
import { startApi } from '../../support/rest/apiUnderTest.ts';
import { someRestConfig } from '../../support/rest/someRest.ts';
import { freePort } from '../../support/serverProcess.ts';
import { somePipeline } from '../../support/somePipeline.ts';

const passphrase = 'correct horse';
const unknown = { id: randomUUID() };
const downRule: CallInput<'alerts.setRule'> = {
  kind: 'down',
  subjectId: null,
  ...{ threshold: null, clearThreshold: null, forSeconds: 5, enabled: true, notifies: false },
};

const draft = (secrets: Draft['secrets'] = {}) => ({ id: null, fields: someFields(), secrets });

async function saved(app: AppUnderTest, secrets?: Draft['secrets']): Promise<{ id: string }> {
  const { dataSource } = await app.ok('dataSources.save', draft(secrets));
  return { id: dataSource.id };
}

/** A vault with a passphrase and one secret, open. */
async function withPassphrase(app: AppUnderTest): Promise<void> {
  await app.ok('vault.setMode', { choice: { mode: 'passphrase', passphrase }, current: null });
  await saved(app, typedPassword('a secret'));
}

async function locked(app: AppUnderTest): Promise<void> {
  await withPassphrase(app);
  const settings = { ...defaultAppLockSettings, enabled: true };
  await app.ok('vault.setAppLock', { settings, current: null });
  await app.ok('vault.lock', null);
}

/** Runs SQL on the store's file beside the app. */
function edit(app: AppUnderTest, sql: string): void {
  const sqlite = new Sqlite(join(app.folder, 'mooring.db'));
  sqlite.exec(sql);
  sqlite.close();
}

async function importOf(app: AppUnderTest): Promise<string> {
  const { id } = await saved(app);
  app.chosenFile = join(app.folder, 'exported.mooring');
  await app.ok('transfer.export', { ids: [id], protection: { type: 'no-secrets' } });
  const preview = await app.ok('transfer.open', null);
  if (preview.outcome !== 'ready') throw new Error('The file was not read');
  return preview.importId;
}

/** A data source that is connected, and a statement that somebody else runs on its server. */
async function foreignStatement(app: AppUnderTest): Promise<CallInput<'activity.terminateSession'>> {
  const { host, port, user, database, password } = inject('postgres');
  const fields = someFields({ host, port, user, database });
  const { dataSource } = await app.ok('dataSources.save', { id: null, fields, secrets: {} });
  const secret = { field: 'password', value: password, remember: false };
  await app.ok('dataSources.connect', { id: dataSource.id, secret });
  const client = new pg.Client({ host, port, user, database, password });
  // It is ended by the test.
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  const { rows } = await client.query<{ id: string }>(
    `SELECT pid || '.' || floor(date_part('epoch', backend_start) * 1000000)::int8 AS id
       FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  client.query('SELECT pg_sleep(60)').catch(() => undefined);
  return { id: dataSource.id, sessionId: rows[0]?.id ?? '', statementId: null };
}

async function monitored(app: AppUnderTest): Promise<null> {
  await app.ok('monitoring.configure', { isOn: true, port: await freePort() });
  return null;
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const tracingTo = (endpoint: string) => ({ ...defaultTracingSettings, isOn: true, endpoint });

const someRequest: CallInput<'requests.send'>['request'] = {
  ...{ method: 'GET', path: '/', parameters: [], headers: [] },
  body: { type: 'none' },
};
const someSubject = { type: 'request' as const, request: someRequest };

/** A data source of an API that answers. */
async function savedApi(app: AppUnderTest): Promise<{ id: string }> {
  const api = await startApi(json([]));
  const config = someRestConfig({ baseUrl: api.origin });
  const fields = someFields({ engine: { kind: 'rest', config } });
  const { dataSource } = await app.ok('dataSources.save', { id: null, fields, secrets: {} });
  return { id: dataSource.id };
}

/** From one data source to another, on no server that answers. */
async function somePipelineOf(app: AppUnderTest): Promise<Pipeline> {
  return somePipeline({ from: (await saved(app)).id, to: (await saved(app)).id });
}

async function savedPipeline(app: AppUnderTest): Promise<{ id: string }> {
  const input = { id: null, revision: null, pipeline: await somePipelineOf(app) };
  return { id: (await app.ok('pipelines.save', input)).id };
}

async function begunRun(app: AppUnderTest): Promise<{ id: string }> {
  return { id: (await app.ok('pipelines.run', { ...(await savedPipeline(app)), again: false })).id };
}

const unknownSession = async () => ({ ...unknown, sessionId: '1.2', statementId: null });

interface Scenario<Name extends CallName> {
  /** Prepares the app; answers an input with which the call goes well. */
  succeeding(app: AppUnderTest): Promise<CallInput<Name>>;
  /** The same for one with which it fails. */
  failing(app: AppUnderTest): Promise<CallInput<Name>>;
}

const declined = <Input>(input: Input) => ({
  failing: async (app: AppUnderTest) => {
    app.answer = () => false;
    return input;
  },
});

/** One for each audited call: a new one does not compile without. */
const scenarios: { readonly [Name in AuditedCallName]: Scenario<Name> } = {
  'dataSources.save': {
    succeeding: async () => draft(typedPassword('a secret')),
    failing: async () => ({ ...draft(), ...unknown }),
  },
  'dataSources.duplicate': { succeeding: (app) => saved(app), failing: async () => unknown },
  'dataSources.remove': { succeeding: (app) => saved(app), failing: async () => unknown },
  'dataSources.restore': {
    succeeding: async (app) => {
      const source = await saved(app);
      await app.ok('dataSources.remove', source);
      return source;
    },
    failing: async () => unknown,
  },
  'dataSources.confirm': { succeeding: (app) => saved(app), failing: async () => unknown },
  'dataSources.removeDamaged': {
    succeeding: async (app) => {
      const source = await saved(app);
      edit(app, `UPDATE data_sources SET fields = '{'`);
      return source;
    },
    failing: async () => unknown,
  },
  'dataSources.copyUrl': {
    succeeding: async (app) => ({
      ...(await saved(app, typedPassword('a secret'))),
      withPassword: true,
    }),
    failing: async () => ({ ...unknown, withPassword: false }),
  },
  'vault.unlock': {
    succeeding: async (app) => {
      await locked(app);
      return { passphrase };
    },
    failing: async (app) => {
      await locked(app);
      return { passphrase: 'wrong' };
    },
  },
  'queue.configure': {
    succeeding: async () => ({
      settings: { place: { type: 'local' }, executesHere: true },
      password: { type: 'none' },
    }),
    failing: async () => ({
      settings: {
        place: {
          ...{ type: 'redis', host: '127.0.0.1', port: 1, user: null, database: 0 },
          tls: { mode: 'off' },
        },
        executesHere: true,
      },
      password: { type: 'none' },
    }),
  },
  'queue.newWorkerKey': {
    succeeding: async (app) => {
      app.chosenFile = join(app.folder, 'mooring-worker.key');
      return null;
    },
    ...declined(null),
  },
  'vault.lock': {
    succeeding: async (app) => {
      await withPassphrase(app);
      return null;
    },
    failing: async () => null,
  },
  'vault.setMode': {
    succeeding: async () => ({ choice: { mode: 'passphrase', passphrase }, current: null }),
    failing: async (app) => {
      await withPassphrase(app);
      return { choice: { mode: 'session' }, current: null };
    },
  },
  'vault.changePassphrase': {
    succeeding: async (app) => {
      await withPassphrase(app);
      return { current: passphrase, next: 'another horse' };
    },
    failing: async () => ({ current: passphrase, next: 'another horse' }),
  },
  'vault.addPassphrase': {
    succeeding: async (app) => {
      await saved(app, typedPassword('a secret'));
      return { passphrase };
    },
    failing: async () => ({ passphrase }),
  },
  'vault.removePassphrase': {
    succeeding: async (app) => {
      await saved(app, typedPassword('a secret'));
      await app.ok('vault.addPassphrase', { passphrase });
      return { passphrase };
    },
    failing: async () => ({ passphrase }),
  },
  'vault.setAppLock': {
    succeeding: async (app) => {
      await withPassphrase(app);
      return { settings: { ...defaultAppLockSettings, enabled: true }, current: null };
    },
    failing: async () => ({ settings: { ...defaultAppLockSettings, enabled: true }, current: null }),
  },
  'vault.rotate': {
    succeeding: async (app) => {
      await withPassphrase(app);
      return { destroyOldKey: true, current: passphrase };
    },
    failing: async () => ({ destroyOldKey: false, current: null }),
  },
  'vault.startOver': {
    succeeding: async (app) => {
      await withPassphrase(app);
      return { current: passphrase };
    },
    ...declined({ current: null }),
  },
  'transfer.export': {
    succeeding: async (app) => {
      app.chosenFile = join(app.folder, 'exported.mooring');
      return { ids: [(await saved(app)).id], protection: { type: 'no-secrets' } };
    },
    failing: async () => ({ ids: [unknown.id], protection: { type: 'no-secrets' } }),
  },
  'transfer.apply': {
    succeeding: async (app) => ({
      importId: await importOf(app),
      choices: [{ index: 0, action: 'keep-both' }],
      withSecrets: true,
    }),
    failing: async () => ({ importId: randomUUID(), choices: [], withSecrets: true }),
  },
  'recovery.backUp': {
    succeeding: async () => null,
    failing: async (app) => {
      await app.life.services;
      rmSync(join(app.folder, 'backups'), { recursive: true, force: true });
      writeFileSync(join(app.folder, 'backups'), 'in the way');
      return null;
    },
  },
  'recovery.restore': {
    succeeding: async (app) => ({ name: (await app.ok('recovery.backUp', null)).name }),
    failing: async () => ({ name: 'no-backup.db' }),
  },
  'recovery.startEmpty': { succeeding: async () => null, ...declined(null) },
  'requests.send': {
    succeeding: async (app) => ({ ...(await savedApi(app)), request: someRequest }),
    failing: async () => ({ ...unknown, request: someRequest }),
  },
  'requests.copyCurl': {
    succeeding: async (app) => ({ ...(await savedApi(app)), what: someSubject, withSecrets: true }),
    failing: async () => ({ ...unknown, what: someSubject, withSecrets: false }),
  },
  'demo.reset': { succeeding: async () => null, ...declined(null) },
  'monitoring.configure': {
    succeeding: async () => ({ isOn: true, port: await freePort() }),
    failing: async () => ({ isOn: true, port: await takenPort() }),
  },
  'monitoring.renewToken': { succeeding: monitored, failing: async () => null },
  'monitoring.copyScrapeConfig': { succeeding: monitored, failing: async () => null },
  'tracing.configure': {
    succeeding: async () => tracingTo('http://127.0.0.1:4318'),
    ...declined(tracingTo('https://collector.example')),
  },
  'tracing.setHeader': {
    succeeding: async (app) => {
      await app.ok('tracing.configure', tracingTo('http://127.0.0.1:4318'));
      return { header: { name: 'authorization', value: 'a secret' } };
    },
    failing: async () => ({ header: { name: 'authorization', value: 'a secret' } }),
  },
  'audit.setRetention': {
    succeeding: async (app) => {
      await saved(app, typedPassword('a secret'));
      return { keepDays: 90 };
    },
    failing: async (app) => {
      await saved(app, typedPassword('a secret'));
      app.answer = () => false;
      return { keepDays: 90 };
    },
  },
  'audit.export': {
    succeeding: async (app) => {
      app.chosenFile = join(app.folder, 'trail.csv');
      return { filter: everyAuditEntry, format: 'csv' };
    },
    failing: async (app) => {
      app.chosenFile = join(app.folder, 'no-such-folder', 'trail.csv');
      return { filter: everyAuditEntry, format: 'jsonl' };
    },
  },
  'statistics.reset': { succeeding: (app) => saved(app), failing: async () => unknown },
  'alerts.setRule': {
    succeeding: async (app) => ({ ...downRule, subjectId: (await saved(app)).id }),
    failing: async () => ({ ...downRule, subjectId: unknown.id }),
  },
  'alerts.removeRule': {
    succeeding: async (app) => {
      const key = { kind: 'down', subjectId: (await saved(app)).id } as const;
      await app.ok('alerts.setRule', { ...downRule, ...key });
      return key;
    },
    failing: async () => ({ kind: 'down', subjectId: null }),
  },
  'pipelines.save': {
    succeeding: async (app) => ({ id: null, revision: null, pipeline: await somePipelineOf(app) }),
    failing: async (app) => ({ ...unknown, revision: 1, pipeline: await somePipelineOf(app) }),
  },
  'pipelines.remove': { succeeding: savedPipeline, failing: async () => unknown },
  'pipelines.setEnabled': {
    succeeding: async (app) => ({ ...(await savedPipeline(app)), isEnabled: false }),
    failing: async () => ({ ...unknown, isEnabled: true }),
  },
  'pipelines.run': {
    succeeding: async (app) => ({ ...(await savedPipeline(app)), again: false }),
    failing: async () => ({ ...unknown, again: true }),
  },
  'pipelines.saveFile': {
    succeeding: (app) => {
      app.chosenFile = join(app.folder, 'pipeline.json');
      return savedPipeline(app);
    },
    failing: async () => unknown,
  },
  'pipelines.openFile': {
    succeeding: async (app) => {
      app.chosenFile = join(app.folder, 'pipeline.json');
      await app.ok('pipelines.saveFile', await savedPipeline(app));
      return null;
    },
    failing: async (app) => {
      app.chosenFile = join(app.folder, 'no-such-file.json');
      return null;
    },
  },
  'pipelines.setSettings': {
    succeeding: async () => defaultPipelineSettings,
    failing: async () => ({ ...defaultPipelineSettings, concurrency: 0 }),
  },
  'runs.cancel': { succeeding: begunRun, failing: async () => unknown },
  'runs.pause': { succeeding: begunRun, failing: async () => unknown },
  'runs.resume': { succeeding: begunRun, failing: async () => unknown },
  'activity.cancelStatement': { succeeding: foreignStatement, failing: unknownSession },
  'activity.terminateSession': { succeeding: foreignStatement, failing: unknownSession },
};

const names = callNames.filter((name): name is AuditedCallName => contract[name].audited !== null);
const operationOf = (name: AuditedCallName) => contract[name].audited.operation;

const linesOf = (app: AppUnderTest, name: AuditedCallName) =>
  app.trail().filter(({ operation }) => operation === operationOf(name));

/** Sends the call, and answers the lines that it has left, with the code of its answer. */
async function linesLeft(app: AppUnderTest, name: AuditedCallName, input: unknown) {
  await app.life.services;
  const before = linesOf(app, name).length;
  const code = await app.codeOf(name, input);
  return { code, lines: linesOf(app, name).slice(before) };
}

describe('an audited call', { timeout: 60_000 }, () => {
  it.each(names)('leaves one line when it went well: %s', async (name) => {
    const app = new AppUnderTest();
    const { code, lines } = await linesLeft(app, name, await scenarios[name].succeeding(app));
    expect(code).toBe('ok');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ outcome: 'ok' });
    expect(JSON.stringify(lines)).not.toMatch(/horse|a secret|db\.example|mooring_metrics/);
    expect(await app.ok('audit.check', null)).toMatchObject({ status: 'intact' });
  });

  it.each(names)('leaves one line with the error when it failed: %s', async (name) => {
    const app = new AppUnderTest();
    const { code, lines } = await linesLeft(app, name, await scenarios[name].failing(app));
    expect(code).not.toBe('ok');
    expect(lines).toEqual([expect.objectContaining({ outcome: code })]);
  });

  it('leaves one line when its input is not valid', async () => {
    const app = new AppUnderTest();
    for (const name of names) {
      const { lines } = await linesLeft(app, name, { anything: 'a secret' });
      expect(lines, name).toEqual([expect.objectContaining({ outcome: 'INVALID_INPUT', details: {} })]);
    }
  });

  it('leaves one line when it is refused because the window is locked', async () => {
    const app = new AppUnderTest();
    await locked(app);
    for (const name of names.filter((name) => !contract[name].whileLocked)) {
      const input = name === 'dataSources.remove' ? unknown : null;
      if (!contract[name].input.safeParse(input).success) continue;
      const { lines } = await linesLeft(app, name, input);
      expect(lines, name).toEqual([expect.objectContaining({ outcome: 'APP_LOCKED' })]);
    }
  });

  it('leaves one line when it is cancelled', async () => {
    const app = new AppUnderTest();
    const callId = randomUUID();
    app.answer = () => {
      app.cancel(callId);
      return true;
    };
    const answer = await app.send('recovery.startEmpty', null, callId);
    expect(answer).toMatchObject({ error: { code: 'CANCELLED' } });
    expect(linesOf(app, 'recovery.startEmpty')).toEqual([expect.objectContaining({ outcome: 'CANCELLED' })]);
    expect(app.shutdownCount).toBe(0);
  });

  it('leaves one line when the person said no to copying a password', async () => {
    const app = new AppUnderTest();
    const { id } = await saved(app, typedPassword('a secret'));
    app.answer = () => false;
    const { code, lines } = await linesLeft(app, 'dataSources.copyUrl', { id, withPassword: true });
    expect(code).toBe('ok');
    expect(lines).toMatchObject([{ outcome: 'CANCELLED', subject: id, details: { withPassword: true } }]);
  });
});

describe('a change and its line', () => {
  it('are kept together or not at all: no change without a line', async () => {
    const app = new AppUnderTest();
    const source = await saved(app);
    edit(app, `CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(await app.codeOf('dataSources.save', draft())).toBe('STORE_FAILED');
    expect(await app.codeOf('dataSources.duplicate', source)).toBe('STORE_FAILED');
    const lock = { settings: { ...defaultAppLockSettings, idleMinutes: 1 }, current: null };
    expect(await app.codeOf('vault.setAppLock', lock)).toBe('STORE_FAILED');
    const monitoring = { isOn: true, port: await freePort() };
    expect(await app.codeOf('monitoring.configure', monitoring)).toBe('STORE_FAILED');
    expect(await app.ok('monitoring.status', null)).toMatchObject({ status: 'off' });
    expect(await app.codeOf('tracing.configure', tracingTo('http://127.0.0.1:4318'))).toBe('STORE_FAILED');
    expect(await app.ok('tracing.status', null)).toMatchObject({ settings: { isOn: false } });
    edit(app, 'DROP TRIGGER full');
    expect((await app.ok('dataSources.list', null)).dataSources).toHaveLength(1);
    expect((await app.ok('vault.status', null)).appLock).toEqual(defaultAppLockSettings);
  });

  it('are kept together or not at all: the line of a change that was rolled back says that it failed', async () => {
    const app = new AppUnderTest();
    await app.life.services;
    edit(app, `CREATE TRIGGER full BEFORE INSERT ON data_sources BEGIN SELECT RAISE(ABORT, 'full'); END`);
    const { code, lines } = await linesLeft(app, 'dataSources.save', draft());
    expect(code).toBe('STORE_FAILED');
    expect(lines).toMatchObject([{ outcome: 'STORE_FAILED' }]);
  });
});

describe('a flood of refused calls', () => {
  it('leaves a few lines and one with their number', async () => {
    const app = new AppUnderTest();
    await app.life.services;
    for (let count = 0; count < 100; count += 1) await app.send('vault.lock', null);
    await app.door.close();
    const lines = linesOf(app, 'vault.lock');
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'VAULT_PASSPHRASE_REQUIRED',
      details: { repeatedCount: 95 },
    });
  });
});
