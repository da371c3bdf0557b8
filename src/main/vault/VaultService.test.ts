import { beforeEach, describe, expect, it } from 'vitest';
import { testHash, unwatched } from '../../../tests/support/startVault.ts';
import { openTestVault } from '../../../tests/support/testVault.ts';
import { type AppLockSettings, defaultAppLockSettings, type VaultStatus } from '../../shared/model/vault.ts';
import { neverAborted } from '../base/abort.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { AppLock } from './AppLock.ts';
import { VaultService } from './VaultService.ts';

const ref = { dataSourceId: 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e', field: 'password' };
const passphrase = 'correct horse';
const enabledLock: AppLockSettings = { ...defaultAppLockSettings, enabled: true };
const dayMs = 24 * 3_600_000;

let opened: ReturnType<typeof openTestVault>;
let service: VaultService;
let appLock: AppLock;
/** What happened beside the vault, in order: dialogs by their button, and backups. */
let events: string[];
let isConfirmed: boolean;
let wantsReminder: boolean;

beforeEach(() => {
  opened = openTestVault();
  const { vault, audit, clock, database } = opened;
  [events, isConfirmed, wantsReminder] = [[], true, true];
  appLock = new AppLock({
    preferences: new SqlitePreferencesRepository(database, silentLogger),
    vault: {
      lock: () => vault.lock(),
      hasPassphrase: () => vault.status().hasPassphrase,
      isLocked: () => vault.status().lock === 'locked',
    },
    audit,
    clock,
    logger: silentLogger,
  });
  service = new VaultService({
    vault,
    appLock,
    wantsReminder: () => wantsReminder,
    backUp: async () => void events.push(`backup of ${vault.status().secretCount}`),
    ask: async ({ confirmLabel }) => {
      events.push(confirmLabel);
      return isConfirmed;
    },
    clock,
  });
});

/** Saves a password, under a key that the passphrase protects. */
async function saveWithPassphrase(): Promise<void> {
  await service.setMode({ mode: 'passphrase', passphrase }, null, unwatched);
  await opened.vault.seal(ref, 'secret', testHash(ref));
}

describe('VaultService', () => {
  it('tells all it knows after each change of vault or app lock', async () => {
    const told: VaultStatus[] = [];
    service.onStatus.on((status) => told.push(status));
    await saveWithPassphrase();
    await service.setAppLock(enabledLock, null);
    expect(told.at(-1)).toMatchObject({ mode: 'passphrase', appLock: enabledLock, appLocked: false });
    service.lock();
    expect(told.at(-1)).toMatchObject({ lock: 'locked', appLocked: true });
    expect(await service.unlock(passphrase)).toMatchObject({ lock: 'open', appLocked: false });
    expect(told.at(-1)).toEqual(service.status());
  });

  it('asks before passwords leave the disk, makes a backup first, and changes nothing for who declines', async () => {
    await saveWithPassphrase();
    isConfirmed = false;
    const declined = service.setMode({ mode: 'session' }, passphrase, unwatched);
    await expect(declined).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(service.status()).toMatchObject({ mode: 'passphrase', secretCount: 1 });
    expect(events.splice(0)).toEqual(['Remove from disk']);
    isConfirmed = true;
    expect(await service.setMode({ mode: 'session' }, passphrase, unwatched)).toMatchObject({
      mode: 'session',
    });
    expect(events).toEqual(['Remove from disk', 'backup of 1']);
  });

  it('asks nothing when passwords move to another protection or there are none, but makes a backup of those', async () => {
    await service.setMode({ mode: 'session' }, null, unwatched);
    expect(events).toEqual([]);
    await saveWithPassphrase();
    await service.setMode({ mode: 'keychain' }, passphrase, unwatched);
    expect(events).toEqual(['backup of 1']);
  });

  it('does not ask again in mode session', async () => {
    await service.setMode({ mode: 'session' }, null, unwatched);
    await opened.vault.seal(ref, 'secret', testHash(ref));
    await service.setMode({ mode: 'session' }, null, unwatched).catch(() => undefined);
    expect(events).not.toContain('Remove from disk');
  });

  it('asks before it destroys the old key, and rotates without asking when that is kept', async () => {
    await saveWithPassphrase();
    expect(await service.rotate({ destroyOldKey: false, current: null }, unwatched)).toMatchObject({
      resealedCount: 1,
    });
    expect(service.status()).toMatchObject({ retiredKeyCount: 1 });
    expect(events.splice(0)).toEqual(['backup of 1']);
    isConfirmed = false;
    const declined = service.rotate({ destroyOldKey: true, current: passphrase }, unwatched);
    await expect(declined).rejects.toMatchObject({ code: 'CANCELLED' });
    isConfirmed = true;
    await service.rotate({ destroyOldKey: true, current: passphrase }, unwatched);
    expect(service.status()).toMatchObject({ retiredKeyCount: 0 });
    expect(events).toEqual(['Rotate and destroy', 'Rotate and destroy', 'backup of 1']);
  });

  it('asks before it starts over, and makes a backup of the passwords', async () => {
    await saveWithPassphrase();
    isConfirmed = false;
    const declined = service.startOver(passphrase, neverAborted);
    await expect(declined).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(service.status()).toMatchObject({ secretCount: 1 });
    isConfirmed = true;
    expect(await service.startOver(passphrase, neverAborted)).toMatchObject({ mode: null, secretCount: 0 });
    expect(events).toEqual(['Start over', 'Start over', 'backup of 1']);
  });

  it('takes the passphrase for a weaker lock of the app, and not for a stronger one', async () => {
    await saveWithPassphrase();
    await service.setAppLock({ ...enabledLock, idleMinutes: 15 }, null);
    await service.setAppLock({ ...enabledLock, idleMinutes: 5 }, null);
    const weaker = { ...enabledLock, idleMinutes: null };
    await expect(service.setAppLock(weaker, 'a guess')).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_WRONG',
    });
    expect(service.status().appLock.idleMinutes).toBe(5);
    expect((await service.setAppLock(weaker, passphrase)).appLock.idleMinutes).toBeNull();
  });

  it('adds, changes and removes a passphrase', async () => {
    await service.setMode({ mode: 'keychain' }, null, unwatched);
    await opened.vault.seal(ref, 'secret', testHash(ref));
    expect(await service.addPassphrase(passphrase)).toMatchObject({ hasPassphrase: true });
    await service.changePassphrase(passphrase, 'another horse');
    service.lock();
    await expect(service.unlock(passphrase)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    expect(await service.unlock('another horse')).toMatchObject({ lock: 'open' });
    expect(await service.removePassphrase('another horse')).toMatchObject({ hasPassphrase: false });
  });

  it('says in its answer to a retry whether the keys can be had', async () => {
    await opened.vault.seal(ref, 'secret', testHash(ref));
    opened.vault.lock();
    opened.keychain.isLocked = true;
    expect(await service.retry()).toMatchObject({ lock: 'closed', problem: { code: expect.any(String) } });
    opened.keychain.isLocked = false;
    expect(await service.retry()).toMatchObject({ lock: 'open', problem: null });
  });

  it('reminds of a key that is older than a year, where that is wanted', async () => {
    expect(service.status().rotationDue).toBe(false);
    await opened.vault.seal(ref, 'secret', testHash(ref));
    await opened.clock.advance(365 * dayMs);
    expect(service.status().rotationDue).toBe(false);
    await opened.clock.advance(1);
    expect(service.status().rotationDue).toBe(true);
    wantsReminder = false;
    expect(service.status().rotationDue).toBe(false);
  });
});
