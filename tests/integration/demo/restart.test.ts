import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { readPostmasterFile } from '../../../src/main/embedded/cluster/postmasterFile.ts';
import { ended, linesOf, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';
import { DemoFixture, rowsOf } from './demoFixture.ts';

/** A demo that was created and stopped; each test gets a copy. */
let stopped: DemoFixture;

beforeAll(async () => {
  stopped = await DemoFixture.lasting();
  const { demo } = await stopped.run();
  await demo.stop(5_000);
});

afterAll(() => stopped.dispose());

/** A session of the demo's role works. */
async function canLogIn(fixture: DemoFixture, port: number): Promise<boolean> {
  const rows = await rowsOf(port, fixture.secrets.value ?? '', 'SELECT count(*)::int FROM "AuditLog"');
  return rows[0]?.[0] === 47;
}

const isGone = async (pid: number) =>
  expect.poll(() => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), { timeout: 10_000 }).toBe('');

/** Ids of the processes that have the folder in their command line. */
async function processesOn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    const command = /^\d+$/.test(pid) ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
    if (command.includes(folder)) found.push(pid);
  }
  return found;
}

describe('the demo at a later start', { timeout: 60_000 }, () => {
  it('is on the port it had, after stopping cleanly', async () => {
    const fixture = await stopped.copy();
    const first = await fixture.run();
    await first.demo.stop(5_000);
    expect(first.demo.status()).toEqual({ status: 'stopped' });
    const second = await fixture.run();
    expect(second.port).toBe(first.port);
    expect(await canLogIn(fixture, second.port)).toBe(true);
    expect(await readFile(join(fixture.folder, 'server.log'), 'utf8')).not.toContain(
      'was not properly shut down',
    );
  });

  it('takes another port when somebody else listens on the one it had, and keeps to that', async () => {
    const fixture = await stopped.copy();
    const first = await fixture.run();
    await first.demo.stop(5_000);
    const squatter = createServer().listen(first.port, '127.0.0.1');
    onTestFinished(() => void squatter.close());
    await once(squatter, 'listening');
    const second = await fixture.run();
    expect(second.port).not.toBe(first.port);
    expect(await canLogIn(fixture, second.port)).toBe(true);
    await second.demo.stop(5_000);
    expect((await fixture.run()).port).toBe(second.port);
  });

  it('starts again after its server was killed with sessions open, and says meanwhile that it is stopped', async () => {
    const fixture = await stopped.copy();
    const { demo, port } = await fixture.run();
    const sleeping = rowsOf(port, fixture.secrets.value ?? '', 'SELECT pg_sleep(60)').catch(() => 'cut off');
    await expect
      .poll(() =>
        rowsOf(
          port,
          fixture.secrets.value ?? '',
          `SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
        ),
      )
      .toEqual([[1]]);
    process.kill(await fixture.pid(), 'SIGKILL');
    await expect.poll(() => demo.status()).toEqual({ status: 'stopped' });
    const address = await demo.ensureRunning(neverAborted);
    expect(await canLogIn(fixture, address.port)).toBe(true);
    expect(await sleeping).toBe('cut off');
  });

  it('is not fooled by a file that names a process id which another program has by now', async () => {
    const fixture = await stopped.copy();
    const foreign = process.pid;
    const lines = [
      foreign,
      fixture.cluster,
      1_700_000_000,
      15_432,
      '',
      '127.0.0.1',
      '  1234567         0',
      'ready   ',
    ];
    await writeFile(join(fixture.cluster, 'postmaster.pid'), `${lines.join('\n')}\n`);
    const { demo, port } = await fixture.run();
    expect(await canLogIn(fixture, port)).toBe(true);
    await demo.stop(5_000);
    // The other program, this very one, was not harmed: the test still runs.
    expect(demo.status()).toEqual({ status: 'stopped' });
  });

  it('starts after a power cut, whatever that left in postmaster.pid, with all that was changed', async () => {
    const fixture = await stopped.copy();
    const { port } = await fixture.run();
    const password = fixture.secrets.value ?? '';
    await rowsOf(port, password, `CREATE TABLE mine AS SELECT 'kept' AS text`);
    const aliveAndCutOff = `${process.pid}\n/somewhere`;
    for (const left of ['', '\0'.repeat(120), 'no server\n'.repeat(20), aliveAndCutOff]) {
      process.kill(await fixture.pid(), 'SIGKILL');
      await writeFile(join(fixture.cluster, 'postmaster.pid'), left);
      const again = await fixture.run();
      expect(await rowsOf(again.port, password, 'SELECT text FROM mine'), left).toEqual([['kept']]);
    }
  });

  it('says that its files are gone when they were moved away under it, and goes on when they are back', async () => {
    const fixture = await stopped.copy();
    const { demo, port } = await fixture.run();
    const password = fixture.secrets.value ?? '';
    await rowsOf(port, password, `CREATE TABLE mine AS SELECT 'kept' AS text`);
    const elsewhere = join(fixture.folder, 'moved');
    await rename(fixture.cluster, elsewhere);
    const pid = (await readPostmasterFile(elsewhere))?.pid ?? 0;
    const failure = demo.prepare(neverAborted);
    await expect(failure).rejects.toMatchObject({
      code: 'DEMO_FAILED',
      message: 'The files of the demo database are missing',
    });
    await isGone(pid);
    expect(demo.status()).toEqual({ status: 'absent' });
    await rename(elsewhere, fixture.cluster);
    const address = await demo.ensureRunning(neverAborted);
    expect(await rowsOf(address.port, password, 'SELECT text FROM mine')).toEqual([['kept']]);
  });

  it('is created anew at the second attempt when its files were deleted under it', async () => {
    const fixture = await stopped.copy();
    const { demo } = await fixture.run();
    await rm(fixture.cluster, { recursive: true });
    await expect(demo.prepare(neverAborted)).rejects.toMatchObject({ code: 'DEMO_FAILED' });
    const { port } = await demo.ensureRunning(neverAborted);
    expect(await canLogIn(fixture, port)).toBe(true);
  });

  it('gives its role the password of the vault when the vault has lost the old one', async () => {
    const fixture = await stopped.copy();
    const old = fixture.secrets.value;
    fixture.secrets.value = null;
    const { demo, port } = await fixture.run();
    expect(fixture.secrets.value).not.toBe(old);
    expect(await canLogIn(fixture, port)).toBe(true);
    await expect(rowsOf(port, old ?? '', 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    // The same while it runs.
    fixture.secrets.value = null;
    const again = await demo.ensureRunning(neverAborted);
    expect(await canLogIn(fixture, again.port)).toBe(true);
  });

  it('sets a cluster of another PostgreSQL version aside, whole, and creates a new one', async () => {
    const fixture = await stopped.copy();
    await writeFile(join(fixture.cluster, 'PG_VERSION'), '17\n');
    const before = await readdir(fixture.cluster);
    const { port } = await fixture.run();
    expect(await canLogIn(fixture, port)).toBe(true);
    const kept = (await fixture.entries()).find((name) => name.startsWith('cluster.postgres-17-'));
    expect(await readdir(join(fixture.folder, kept ?? ''))).toEqual(before);
  });

  it('says what is wrong when its files are damaged, and a reset mends it', async () => {
    const fixture = await stopped.copy();
    await writeFile(join(fixture.cluster, 'global/pg_control'), 'damaged');
    const demo = fixture.server();
    const failure = demo.ensureRunning(neverAborted);
    await expect(failure).rejects.toMatchObject({
      code: 'DEMO_FAILED',
      detail: expect.stringContaining('control'),
    });
    await expect(failure).rejects.not.toMatchObject({ detail: expect.stringContaining(fixture.folder) });
    expect(demo.status()).toEqual({ status: 'stopped' });
    await demo.reset(neverAborted);
    const { port } = await demo.ensureRunning(neverAborted);
    expect(await canLogIn(fixture, port)).toBe(true);
  });
});

describe('the demo after the app was killed', { timeout: 60_000 }, () => {
  /** Another app on the fixture's folder, until `isDue` says so; then it is killed as by a crash. */
  async function runAndKill(fixture: DemoFixture, isDue: (status: string) => boolean): Promise<void> {
    fixture.secrets.value ??= randomBytes(32).toString('base64url');
    const app = spawnTypeScript(new URL('./appProcess.ts', import.meta.url), [fixture.folder], {
      ...process.env,
      DEMO_PASSWORD: fixture.secrets.value,
    });
    for await (const line of linesOf(app)) if (isDue(line)) app.kill('SIGKILL');
    await ended(app);
  }

  it('adopts the server that still runs, without a restart, and can stop it', async () => {
    const fixture = await stopped.copy();
    await runAndKill(fixture, (line) => line.includes('"running"'));
    const left = await fixture.pid();
    const { demo, port } = await fixture.run();
    expect(await fixture.pid()).toBe(left);
    expect(demo.status()).toMatchObject({ status: 'running', port });
    expect(await canLogIn(fixture, port)).toBe(true);
    await demo.stop(5_000);
    await isGone(left);
    expect(demo.status()).toEqual({ status: 'stopped' });
  });

  it('ends the server that still runs when nobody uses it, and leaves one that is in use', async () => {
    const fixture = await stopped.copy();
    await runAndKill(fixture, (line) => line.includes('"running"'));
    const left = await fixture.pid();
    const demo = fixture.server();
    await demo.endLeft();
    await isGone(left);
    expect(demo.status()).toEqual({ status: 'stopped' });
    const { port } = await demo.ensureRunning(neverAborted);
    await demo.endLeft();
    expect(await canLogIn(fixture, port)).toBe(true);
  });

  it('replaces the server that still runs when it does not know the password any more', async () => {
    const fixture = await stopped.copy();
    await runAndKill(fixture, (line) => line.includes('"running"'));
    const left = await fixture.pid();
    fixture.secrets.value = null;
    const { port } = await fixture.run();
    await isGone(left);
    expect(await canLogIn(fixture, port)).toBe(true);
  });

  it('replaces a server that still runs but hangs', async () => {
    const fixture = await stopped.copy();
    await runAndKill(fixture, (line) => line.includes('"running"'));
    const left = await fixture.pid();
    process.kill(left, 'SIGSTOP');
    const { port } = await fixture.run();
    await isGone(left);
    expect(await canLogIn(fixture, port)).toBe(true);
  });

  it.each(['Creating a database cluster', 'Filling the shop', 'Saving everything'])(
    'starts over when that was in the middle of “%s”, and leaves nothing half-made',
    async (step) => {
      const fixture = await DemoFixture.empty();
      await runAndKill(fixture, (line) => line.includes(step));
      expect(fixture.server().status()).toEqual({ status: 'absent' });
      const { demo, port } = await fixture.run();
      expect(await canLogIn(fixture, port)).toBe(true);
      // A program of the killed app may have gone on for a moment; what it left is swept at the next start.
      await demo.stop(5_000);
      await expect.poll(() => processesOn(fixture.folder), { timeout: 10_000 }).toEqual([]);
      await fixture.run();
      expect((await fixture.entries()).sort()).toEqual(['cluster', 'server.log']);
    },
  );
});
