import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/testStore.ts';
import { startKeyring } from './startKeyring.ts';
import { VaultProcess } from './VaultProcess.ts';

const value = (expected: unknown) => expect.objectContaining({ outcome: 'value', value: expected });
const error = (code: string) => expect.objectContaining({ outcome: 'error', code });

describe.runIf(process.platform === 'linux')('the vault over a real keyring', () => {
  it('opens after a new start of the app and of the keyring what was sealed before', async () => {
    const session = await startKeyring();
    const folder = temporaryFolder();
    const before = new VaultProcess(folder, session.env);
    expect(await before.ask('seal', 'hunter2 🐘')).toEqual(value(null));
    await before.kill();

    await session.stopDaemon();
    await session.startDaemon();
    const after = new VaultProcess(folder, session.env);
    expect(await after.ask('open')).toEqual(value('hunter2 🐘'));
  });

  it('takes a locked collection for locked, makes no second key, and opens when it is unlocked', async () => {
    const session = await startKeyring();
    const folder = temporaryFolder();
    const vault = new VaultProcess(folder, session.env);
    await vault.ask('seal', 'hunter2');
    await vault.ask('lock');
    await session.lock();

    expect(await vault.ask('open')).toEqual(error('VAULT_LOCKED_OR_MISSING_KEY'));
    expect(await vault.ask('seal', 'other')).toEqual(error('VAULT_LOCKED_OR_MISSING_KEY'));
    expect(await vault.ask('keyVersions')).toEqual(value([1]));

    // Started anew with its password, the keyring is unlocked.
    await session.stopDaemon();
    await session.startDaemon();
    expect(await vault.ask('open')).toEqual(value('hunter2'));
  });

  it('records no key when the collection is locked on the very first use', async () => {
    const session = await startKeyring();
    await session.lock();
    const vault = new VaultProcess(temporaryFolder(), session.env);
    expect(await vault.ask('seal', 'hunter2')).toEqual(error('VAULT_MODE_REQUIRED'));
    expect(await vault.ask('keyVersions')).toEqual(value([]));
    expect(await vault.ask('open')).toEqual(value(null));
  });

  it('takes another computer’s keyring for a missing key, not for a first run', async () => {
    const folder = temporaryFolder();
    const here = await startKeyring();
    const original = new VaultProcess(folder, here.env);
    await original.ask('seal', 'hunter2');
    await original.kill();

    const there = await startKeyring();
    const copied = new VaultProcess(folder, there.env);
    expect(await copied.ask('open')).toEqual(error('VAULT_LOCKED_OR_MISSING_KEY'));
    expect(await copied.ask('seal', 'other')).toEqual(error('VAULT_LOCKED_OR_MISSING_KEY'));
    await copied.kill();
    expect(await new VaultProcess(folder, here.env).ask('open')).toEqual(value('hunter2'));
  });

  it('makes no key where there is no message bus or no keychain service on it, and says why', async () => {
    const noBus = new VaultProcess(temporaryFolder(), { PATH: process.env.PATH, HOME: temporaryFolder() });
    expect(await noBus.ask('seal', 'hunter2')).toEqual(
      expect.objectContaining({
        code: 'VAULT_MODE_REQUIRED',
        detail: expect.stringContaining('no D-Bus message bus'),
      }),
    );
    expect(await noBus.ask('keyVersions')).toEqual(value([]));

    const session = await startKeyring();
    await session.stopDaemon();
    const noService = new VaultProcess(temporaryFolder(), session.env);
    expect(await noService.ask('seal', 'hunter2')).toEqual(error('VAULT_MODE_REQUIRED'));
    expect(await noService.ask('keyVersions')).toEqual(value([]));
  });

  it('fails within the limit of one call when the keyring hangs, and recovers by itself', async () => {
    const session = await startKeyring();
    const vault = new VaultProcess(temporaryFolder(), session.env);
    await vault.ask('seal', 'hunter2');
    await vault.ask('lock');
    session.freeze();

    const opening = Array.from({ length: 8 }, () => vault.ask('open'));
    expect(await vault.ask('useThreadPool')).toEqual(value('alive'));
    for (const answer of await Promise.all(opening)) {
      expect(answer).toEqual(error('VAULT_UNAVAILABLE'));
      expect(answer.durationMs).toBeLessThan(5_000);
    }
    session.thaw();
    expect(await vault.ask('open')).toEqual(value('hunter2'));
  });
});
