import { chmod, copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import { reaching } from '../../../tests/support/workerProgram.ts';
import type { QueueStore } from '../sync/queue/QueueStore.ts';
import { newWorkerKey } from '../sync/queue/WorkerKey.ts';
import { readWorkerOptions } from './workerOptions.ts';
import { readWorkerSettings } from './workerSettings.ts';

const store: QueueStore = {
  ...{ type: 'redis', host: 'queue', port: 6_379, user: null, password: 'canary', database: 0 },
  tls: { mode: 'off' },
};
const key = newWorkerKey();

/** What the program reads before it does anything. */
const settingsOf = (args: readonly string[], environment: Record<string, string> = {}) =>
  readWorkerSettings(readWorkerOptions(args, environment), environment);

describe('The settings of mooring-worker', () => {
  it('have the secrets of files that nobody else can read', async () => {
    const folder = temporaryFolder();
    const settings = await settingsOf([
      ...(await reaching(store, key, folder)),
      ...['--files', folder, '--name', 'büro-1', '--concurrency', '64', '--health', '9465'],
    ]);
    expect(settings).toEqual({
      ...{ store, key, concurrency: 64, name: 'büro-1', filesFolder: folder, healthPort: 9_465 },
    });
  });

  it('refuse a file with a secret that others can read, with the command that mends it', async () => {
    const folder = temporaryFolder();
    const args = await reaching(store, key, folder);
    const keyFile = join(folder, 'worker.key');
    for (const mode of [0o644, 0o640, 0o604]) {
      await chmod(keyFile, mode);
      await expect(settingsOf(args)).rejects.toThrow(
        `--key-file: others can read ${keyFile}. Run: chmod 600`,
      );
    }
    await chmod(keyFile, 0o400);
    await expect(settingsOf(args)).resolves.toMatchObject({ key });
    await chmod(join(folder, 'queue.password'), 0o644);
    await expect(settingsOf(args)).rejects.toThrow('--queue-password-file: others can read');
  });

  it('take the credentials of systemd, whose permissions are its own', async () => {
    const folder = temporaryFolder();
    await reaching(store, key, folder);
    const credentials = [
      ['worker.key', 'worker-key'],
      ['queue.password', 'queue-password'],
    ] as const;
    for (const [from, to] of credentials) {
      await copyFile(join(folder, from), join(folder, to));
      await chmod(join(folder, to), 0o440);
    }
    const environment = { CREDENTIALS_DIRECTORY: folder, MOORING_QUEUE: 'redis://queue' };
    expect(await settingsOf([], environment)).toMatchObject({ store, key });
  });

  it('take the password of the queue from the environment when no file has it', async () => {
    const args = await reaching({ ...store, password: null }, key, temporaryFolder());
    expect((await settingsOf(args, { MOORING_QUEUE_PASSWORD: 'canary' })).store.password).toBe('canary');
    expect((await settingsOf(args)).store.password).toBeNull();
  });

  it.each([
    { more: ['--concurrency', '0'], problem: '--concurrency: a number from 1 to 64.' },
    { more: ['--concurrency', '1e1'], problem: '--concurrency: a number from 1 to 64.' },
    { more: ['--health', '70000'], problem: '--health: a port is a number from 1 to 65535.' },
    { more: ['--name', 'a b'], problem: '--name: up to 60 letters' },
    { more: ['--files', '/nowhere'], problem: '--files: /nowhere cannot be written to (ENOENT).' },
    { more: ['--files', '/etc/hostname'], problem: '--files: /etc/hostname is not a folder.' },
    { more: ['--ca-file', '/nowhere'], problem: '--ca-file: The file could not be read.' },
    { more: ['--ca-file', '/etc/hostname'], problem: '--ca-file: the queue is reached without TLS.' },
  ])('name what is wrong: $more', async ({ more, problem }) => {
    const args = await reaching(store, key, temporaryFolder());
    await expect(settingsOf([...args, ...more])).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining(problem) },
    });
  });

  it.each(['', 'mooring-worker-key-1.AAAA.BBBB', 'canary-secret'])(
    'refuse “%s” as a key, without repeating it',
    async (line) => {
      const folder = temporaryFolder();
      const args = await reaching(store, key, folder);
      await writeFile(join(folder, 'worker.key'), line);
      await expect(settingsOf(args)).rejects.toThrow(/^(?!.*(canary-secret|AAAA)).*This is not a worker key/);
    },
  );
});
