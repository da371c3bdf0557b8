import { randomUUID, scrypt } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import { isRunning, threadNames } from '../../support/foreignProcess.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';
import { temporaryFolder } from '../../support/testStore.ts';
import { ended, linesOf, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';
import { startKeyring } from './startKeyring.ts';

const account = 'vault:test';

/** Settled at once, so that a rejection while the test is busy is not one that nobody handles. */
const outcomeOf = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

const unavailable = (detail: string) => expect.objectContaining({ code: 'VAULT_UNAVAILABLE', detail });

function openKeychain(env: NodeJS.ProcessEnv) {
  const pids: number[] = [];
  const keychain = new HelperKeychain({ process: nodeKeychainProcess(env, (pid) => pids.push(pid)), clock });
  onTestFinished(() => keychain.close());
  return { keychain, pids };
}

/** With an item in the keychain and a helper that has used it. */
async function openWithItem() {
  const session = await startKeyring();
  const opened = openKeychain(session.env);
  await opened.keychain.write(account, 'value');
  return { session, ...opened };
}

/** How long work takes that needs free threads of Node's pool. */
async function threadPoolDelayMs(): Promise<number> {
  const startedMs = performance.now();
  const derived = new Promise((resolve) => scrypt('password', 'salt', 32, resolve));
  await Promise.all([readFile(new URL(import.meta.url)), lookup('localhost'), derived]);
  return performance.now() - startedMs;
}

/** A process of ours whose helper waits for a frozen keychain. */
async function startHangingApp() {
  const session = await startKeyring();
  session.freeze();
  const app = spawnTypeScript(new URL('./hangingCallEntry.ts', import.meta.url), [], session.env);
  const { value: line } = await linesOf(app)[Symbol.asyncIterator]().next();
  const helperPid = Number(line);
  // The thread of the message bus: from here on a call is on its way.
  await expect.poll(() => threadNames(helperPid), { timeout: 15_000 }).toContain('gdbus');
  return { app, helperPid };
}

describe.runIf(process.platform === 'linux')('the keychain over a real keyring', () => {
  it('gives back what was written, also to a later start, and null for what never was', async () => {
    const { session, keychain } = await openWithItem();
    const unusual = `line\r\nbreak\t"quotes" 🐘 ${'x'.repeat(1_900)}`;
    await keychain.write('unusual', unusual);
    await keychain.write(account, 'another value');
    expect(await keychain.read(account)).toBe('another value');
    expect(await keychain.read(randomUUID())).toBeNull();

    const later = openKeychain(session.env).keychain;
    expect(await later.read(account)).toBe('another value');
    expect(await later.read('unusual')).toBe(unusual);
  });

  it('really removes: neither this process nor a keyring started anew has the item', async () => {
    const { session, keychain } = await openWithItem();
    await keychain.write('another', 'kept');
    expect(await keychain.remove(account)).toBe(true);
    expect(await keychain.read(account)).toBeNull();
    expect(await keychain.remove(account)).toBe(false);

    await session.stopDaemon();
    await session.startDaemon();
    expect(await keychain.read(account)).toBeNull();
    expect(await keychain.read('another')).toBe('kept');
  });

  it('says that there is no message bus', async () => {
    const { keychain } = openKeychain({ PATH: process.env.PATH, HOME: temporaryFolder() });
    const told = unavailable('This session has no D-Bus message bus, which is needed to reach the keychain.');
    expect(await outcomeOf(keychain.read(account))).toEqual(told);
    expect(await outcomeOf(keychain.write(account, 'value'))).toEqual(told);
    expect(await outcomeOf(keychain.remove(account))).toEqual(told);
  });

  it('says that no keychain service runs, and works as soon as one does', async () => {
    const session = await startKeyring();
    await session.stopDaemon();
    const { keychain } = openKeychain(session.env);
    const told = unavailable('No keychain service is running in this session.');
    expect(await outcomeOf(keychain.read(account))).toEqual(told);
    expect(await outcomeOf(keychain.write(account, 'value'))).toEqual(told);
    expect(await outcomeOf(keychain.remove(account))).toEqual(told);

    await session.startDaemon();
    await keychain.write(account, 'value');
    expect(await keychain.read(account)).toBe('value');
  });

  it('reads nothing from a locked collection, writes nothing into it and removes nothing from it', async () => {
    const { session, keychain } = await openWithItem();
    await session.lock();
    expect(await keychain.read(account)).toBeNull();
    expect(await outcomeOf(keychain.write(account, 'other'))).toEqual(unavailable('The keychain is locked.'));
    expect(await outcomeOf(keychain.write('new', 'other'))).toEqual(unavailable('The keychain is locked.'));
    expect(await keychain.remove(account)).toBe(false);

    await session.stopDaemon();
    await session.startDaemon();
    expect(await keychain.read(account)).toBe('value');
    expect(await keychain.read('new')).toBeNull();
  });

  it('works again, by itself, after the keychain service was restarted', async () => {
    const { session, keychain, pids } = await openWithItem();
    for (const restart of [1, 2]) {
      await session.stopDaemon();
      await session.startDaemon();
      expect(await keychain.read(account)).toBe('value');
      expect(pids).toHaveLength(1 + restart);
    }
    await session.stopDaemon();
    await session.startDaemon();
    await keychain.write(account, 'other');
    expect(await keychain.read(account)).toBe('other');
  });

  it('stores no value that the keychain would cut or refuse', async () => {
    const { keychain } = await openWithItem();
    await expect(keychain.write(account, 'a\0b')).rejects.toThrow(TypeError);
    await expect(keychain.write(account, '')).rejects.toThrow(TypeError);
    expect(await keychain.read(account)).toBe('value');
  });
});

describe.runIf(process.platform === 'linux')('a keyring that hangs', () => {
  it('is given up after three seconds, a call at a time, and takes nothing from the process', async () => {
    const { session, keychain, pids } = await openWithItem();
    session.freeze();
    const startedMs = performance.now();
    const calls = [keychain.read(account), keychain.write(account, 'other'), keychain.remove(account)];
    const outcomes = Promise.all(calls.map(outcomeOf));
    const delaysMs: number[] = [];
    let isWaiting = true;
    void outcomes.then(() => {
      isWaiting = false;
    });
    while (isWaiting) {
      delaysMs.push(await threadPoolDelayMs());
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await outcomes).toEqual(calls.map(() => unavailable('The keychain is not responding.')));
    expect(performance.now() - startedMs).toBeGreaterThan(9_000 - 50);
    expect(Math.max(...delaysMs)).toBeLessThan(2_000);
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);

    // What the killed helpers had asked for is still on the bus; the keyring does it late or not at all.
    session.thaw();
    await expect.poll(() => keychain.read('never written'), { timeout: 10_000 }).toBeNull();
    await keychain.write(account, 'after');
    expect(await keychain.read(account)).toBe('after');
  });

  it('does not delay the end of the app, nor stays its helper behind', async () => {
    const { app, helperPid } = await startHangingApp();
    const startedMs = performance.now();
    app.kill('SIGTERM');
    expect(await ended(app)).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await expect.poll(() => isRunning(helperPid)).toBe(false);
  });

  it('does not keep the helper of an app that was killed', async () => {
    const { app, helperPid } = await startHangingApp();
    app.kill('SIGKILL');
    await ended(app);
    await expect.poll(() => isRunning(helperPid), { timeout: 2_000 }).toBe(false);
  });

  it('is not needed by a helper that is killed from outside', async () => {
    const { session, keychain, pids } = await openWithItem();
    session.freeze();
    const call = outcomeOf(keychain.read(account));
    const [pid = 0] = pids;
    process.kill(pid, 'SIGKILL');
    expect(await call).toEqual(
      unavailable('The component of Mooring that accesses the keychain has stopped working.'),
    );
    session.thaw();
    expect(await keychain.read(account)).toBe('value');
  });
});
