import { mkdirSync, readdirSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { RunBundle } from '../../../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../../../src/main/sync/queue/sealing.ts';
import { newWorkerKey, type WorkerKey } from '../../../../src/main/sync/queue/WorkerKey.ts';
import { usualBatch } from '../../../../src/main/sync/reading/BatchedReading.ts';
import type { SshNetwork } from '../../../../src/shared/model/network.ts';
import type { Pipeline } from '../../../../src/shared/model/pipelines.ts';
import { RedisServer } from '../../../support/RedisServer.ts';
import { freePort } from '../../../support/serverProcess.ts';
import { makeKey, SshServer } from '../../../support/ssh/SshServer.ts';
import { temporaryFolder } from '../../../support/testStore.ts';
import { bundledSource, ownDatabase, RunUnderTest, somePipeline, tester } from '../runUnderTest.ts';
import { alone, sealed, workerGroup, workerPrograms } from './workerUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const runs = new RunUnderTest([bundledSource(fields, { password: server.password })]);
const programs = workerPrograms();
const slow = { timeout: 25_000, interval: 50 };

let redis: RedisServer;
beforeAll(async () => {
  redis = await RedisServer.start();
});
afterAll(() => redis.dispose());

/** A table of some rows with one key, and its name. */
async function someRows(name: string, count = 100): Promise<string> {
  const { run } = await tester(fields, server.password);
  await run(
    `CREATE TABLE ${name} (id bigint PRIMARY KEY, note text)`,
    `INSERT INTO ${name} SELECT n, 'note ' || n FROM generate_series(1, ${count}) AS n`,
  );
  return name;
}

/** A table whose 90,000th row waits until `open` is called. */
async function gatedTable(name: string) {
  const { run, rows } = await tester(fields, server.password);
  await run(
    `CREATE TABLE ${name} (id bigint PRIMARY KEY, note text)`,
    `CREATE FUNCTION ${name}_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF NEW.id = 90000 THEN PERFORM pg_advisory_xact_lock_shared(7); END IF; RETURN NEW; END $$`,
    `CREATE TRIGGER gate BEFORE INSERT ON ${name} FOR EACH ROW EXECUTE FUNCTION ${name}_gate()`,
    'SELECT pg_advisory_lock(7)',
  );
  const waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
  return {
    reached: () => expect.poll(() => rows(waiting), slow).toEqual([['1']]),
    open: () => run('SELECT pg_advisory_unlock(7)'),
  };
}

const toFile = (folder: string, name: string): Pipeline['destination'] => ({
  ...{ type: 'file', folder, name, format: { type: 'ndjson' } },
});

/** Programs are started, and servers are found to be gone. */
const patient = { timeout: 120_000 };

describe('mooring-worker', patient, () => {
  it('executes a run from a sealed bundle to rows in a table, and says so in lines of JSON', async () => {
    const { rows } = await tester(fields, server.password);
    const { add, args, heard } = await workerGroup(redis.store());
    const program = await programs.ready(args);
    const id = await add(runs.bundle(somePipeline(await someRows('orders'), 'orders_copy'), alone()));
    await heard.until(id, 'succeeded');
    expect(await rows('SELECT count(*), sum(id) FROM orders_copy')).toEqual([['100', '5050']]);
    await program.said('A run has ended');
    program.kill('SIGINT');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.messages).toEqual([
      ...['Ready: runs are taken from the queue', 'A run has begun', 'A run has ended'],
      ...['Stopping: runs come to a checkpoint and are given back', 'Stopped'],
    ]);
    expect(program.errors).toBe('');
  });

  it('reaches a server through an SSH tunnel, with the host keys that come with the run', async () => {
    const { rows } = await tester(fields, server.password);
    const key = await makeKey();
    const ssh = await SshServer.start({ authorized: [key.publicLine] });
    onTestFinished(async () => void (await Promise.all([ssh.dispose(), key.dispose()])));
    const { host, port, user } = ssh;
    const hops: SshNetwork['hops'] = [{ slot: 'A', host, port, user, auth: 'key', keyPath: key.path }];
    const { engine } = fields;
    if (engine.kind !== 'postgres') throw new Error('The server of the test is a PostgreSQL.');
    const config = { ...engine.config, network: { type: 'ssh' as const, hops } };
    const source = {
      ...bundledSource({ ...fields, engine: { ...engine, config } }, { password: server.password }),
      acceptedHostKeys: await ssh.knownHostLine(),
    };
    const { add, args, heard } = await workerGroup(redis.store());
    await programs.ready(args);
    const pipeline = somePipeline(await someRows('far'), 'far_copy');
    await heard.until(await add(new RunUnderTest([source]).bundle(pipeline, alone())), 'succeeded');
    expect(await rows('SELECT count(*) FROM far_copy')).toEqual([['100']]);
  });

  it('gives a run back at a checkpoint when it is to stop, and another one goes on with no row lost or doubled', async () => {
    const { rows } = await tester(fields, server.password);
    const gate = await gatedTable('big_copy');
    const { add, args, heard, logOf } = await workerGroup(redis.store());
    const first = await programs.ready(args);
    const id = await add(runs.bundle(somePipeline(await someRows('big', 100_000), 'big_copy'), alone()));
    await gate.reached();
    first.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(await rows('SELECT count(*) FROM big_copy')).toEqual([[String(usualBatch.rows)]]);
    await gate.open();
    await programs.ready(args);
    await heard.until(id, 'succeeded');
    expect(await rows('SELECT count(*), count(DISTINCT id), sum(id) FROM big_copy')).toEqual([
      ['100000', '100000', '5000050000'],
    ]);
    expect(logOf(id)).toContainEqual(expect.stringContaining('Goes on behind the 80,000 rows'));
  });

  it('says once that the queue is lost and once that it is back, and takes runs again', async () => {
    const own = await RedisServer.start();
    onTestFinished(() => own.dispose());
    const { add, args, heard } = await workerGroup(own.store());
    const port = await freePort();
    const program = await programs.ready([...args, '--health', String(port)]);
    const health = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`);
      return [response.status, await response.json()];
    };
    const state = (name: string) => expect.objectContaining({ state: name, runCount: 0 });
    expect(await health()).toEqual([200, state('running')]);
    await own.kill();
    await expect.poll(health, slow).toEqual([503, state('unreachable')]);
    await own.startServer();
    await expect.poll(health, slow).toEqual([200, state('running')]);
    const id = await add(runs.bundle(somePipeline(await someRows('later'), 'later_copy'), alone()));
    await heard.until(id, 'succeeded');
    const about = program.messages.filter((message) => message.includes('The queue'));
    expect(about).toEqual(['The queue cannot be reached', 'The queue is back']);
  });

  it('waits for a queue that is not there yet', async () => {
    const own = await RedisServer.start();
    onTestFinished(() => own.dispose());
    const { args } = await workerGroup(own.store());
    await own.kill();
    const program = programs.start(args);
    await program.said('The queue cannot be reached yet');
    await own.startServer();
    await program.said('Ready: runs are taken from the queue');
  });

  it('stops in order while the queue is away', async () => {
    const own = await RedisServer.start();
    onTestFinished(() => own.dispose());
    const { args } = await workerGroup(own.store());
    const program = await programs.ready(args);
    await own.kill();
    await program.said('The queue cannot be reached');
    program.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
  });

  it('ends at once at the second signal, although a run could not be given back', async () => {
    const own = await RedisServer.start();
    onTestFinished(() => own.dispose());
    const gate = await gatedTable('stuck_copy');
    onTestFinished(() => gate.open());
    const { add, args } = await workerGroup(own.store());
    const program = await programs.ready(args);
    await add(runs.bundle(somePipeline(await someRows('stuck', 100_000), 'stuck_copy'), alone()));
    await gate.reached();
    await own.kill();
    program.kill('SIGTERM');
    await program.said('Stopping: runs come to a checkpoint and are given back');
    program.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 1, signal: null });
  });
});

describe('A run that a worker cannot execute', patient, () => {
  it.each([
    {
      what: 'was sealed with another key',
      seal: (bundle: RunBundle) => sealed(bundle, newWorkerKey()),
      code: 'VAULT_WRONG_KEY',
    },
    {
      what: 'has expired',
      seal: (bundle: RunBundle, key: WorkerKey) => sealBundle(bundle, key, Date.now() - 1),
      code: 'QUEUE_UNAVAILABLE',
    },
    {
      what: 'was changed in the queue',
      seal: (bundle: RunBundle, key: WorkerKey) => `${sealed(bundle, key).slice(0, -8)}AAAAAAA=`,
      code: 'SECRET_TAMPERED',
    },
  ])('because it $what ends with the reason, and is not tried again', async ({ seal, code }) => {
    const { add, args, heard } = await workerGroup(redis.store());
    await programs.ready(args);
    const id = await add(runs.bundle(somePipeline('any', 'any_copy'), alone()), seal);
    const { failure, retryAt } = await heard.until(id, 'failed');
    expect([failure.code, retryAt]).toEqual([code, null]);
  });
});

describe('Files of runs on the computer of a worker', patient, () => {
  const fileRun = (destination: Pipeline['destination'], changes: Partial<Pipeline> = {}) =>
    runs.bundle(somePipeline('filed', '', { destination, ...changes }), {
      ...alone(),
      rejectsFolder: '/etc',
    });

  it('go into its folder, wherever the bundle says they go', async () => {
    await someRows('filed', 3);
    const folder = temporaryFolder();
    const { add, args, heard, logOf } = await workerGroup(redis.store());
    await programs.ready([...args, '--files', folder]);
    const id = await add(fileRun(toFile('/home/ann/exports', 'filed')));
    const { result } = await heard.until(id, 'succeeded');
    expect(result.outcome.fileName).toBe('filed.ndjson');
    expect(readdirSync(folder)).toEqual(['filed.ndjson']);
    expect((await readFile(join(folder, 'filed.ndjson'), 'utf8')).split('\n')).toHaveLength(4);
    await expect.poll(() => logOf(id), slow).toContainEqual(expect.stringContaining('The file goes to'));
  });

  it('never go out of it: not by their name, and not through a link', async () => {
    const outer = temporaryFolder();
    const folder = join(outer, 'files');
    mkdirSync(folder);
    await writeFile(join(outer, 'secret'), 'untouched');
    await symlink(join(outer, 'secret'), join(folder, 'linked.ndjson'));
    const { add, args, heard } = await workerGroup(redis.store());
    await programs.ready([...args, '--files', folder]);
    for (const name of ['../escaped', '/etc/escaped', 'a/../../escaped']) {
      const id = await add(fileRun(toFile('..', name)));
      expect((await heard.until(id, 'failed')).failure.code).toBe('PIPELINE_INVALID');
    }
    const id = await add(fileRun(toFile('.', 'linked')));
    await heard.until(id, 'succeeded');
    expect(await readFile(join(outer, 'secret'), 'utf8')).toBe('untouched');
    expect(await readFile(join(folder, 'linked.ndjson'), 'utf8')).toContain('note 1');
    expect(readdirSync(outer).sort()).toEqual(['files', 'secret']);
  });

  it('are refused without such a folder, and such a run is not tried again', async () => {
    const { add, args, heard } = await workerGroup(redis.store());
    await programs.ready(args);
    const id = await add(fileRun(toFile('/tmp', 'filed')));
    const { failure, retryAt } = await heard.until(id, 'failed');
    expect([failure.code, failure.title, retryAt]).toEqual([
      ...['FILE_FAILED', 'This worker writes no files', null],
    ]);
    expect(failure.fixes[0]).toContain('--files');
  });
});
