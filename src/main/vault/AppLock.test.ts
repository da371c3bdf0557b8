import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { type AppLockSettings, defaultAppLockSettings } from '../../shared/model/vault.ts';
import type { AuditRecord } from '../audit/Audit.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { AppLock, type AppLockChange, type LockableVault } from './AppLock.ts';

const minute = 60_000;

/** A clock whose machine can sleep: meanwhile only the time of day goes on. */
class SleepyClock extends FakeClock {
  #sleptMs = 0;

  override wallMs(): number {
    return super.wallMs() + this.#sleptMs;
  }

  sleep(durationMs: number): void {
    this.#sleptMs += durationMs;
  }
}

let clock: SleepyClock;
let preferences: SqlitePreferencesRepository;
let audited: AuditRecord[];
let changes: AppLockChange[];
let vault: { hasPassphrase: boolean; isLocked: boolean; lockCount: number };
let lock: AppLock;

/** As at a start of the app. */
function start(): void {
  vault.isLocked = vault.hasPassphrase;
  const port: LockableVault = {
    hasPassphrase: () => vault.hasPassphrase,
    isLocked: () => vault.isLocked,
    lock: () => {
      vault.isLocked = vault.hasPassphrase;
      vault.lockCount += 1;
    },
  };
  const audit = { record: (record: AuditRecord) => void audited.push(record) };
  lock = new AppLock({ preferences, vault: port, audit, clock, logger: silentLogger });
  lock.onChange.on((change) => changes.push(change));
}

function unlock(): void {
  vault.isLocked = false;
  lock.unlocked();
}

/** Starts with the lock enabled, and unlocks. */
function startEnabled(settings: Partial<AppLockSettings> = {}): void {
  preferences.write('app-lock', { ...defaultAppLockSettings, enabled: true, ...settings });
  start();
  unlock();
  changes = [];
}

beforeEach(() => {
  clock = new SleepyClock();
  preferences = new SqlitePreferencesRepository(openTestStore(), silentLogger);
  audited = [];
  changes = [];
  vault = { hasPassphrase: true, isLocked: false, lockCount: 0 };
});

describe('AppLock, settings', () => {
  it('is off until somebody enables it', () => {
    start();
    expect([lock.settings, lock.isLocked]).toEqual([defaultAppLockSettings, false]);
    expect(clock.pendingCount).toBe(0);
  });

  it('cannot be enabled without a passphrase, and says what to do', () => {
    vault.hasPassphrase = false;
    start();
    expect(() => lock.setSettings({ ...defaultAppLockSettings, enabled: true })).toThrow(
      expect.objectContaining({
        code: 'VAULT_PASSPHRASE_REQUIRED',
        fixes: [expect.stringContaining('Add a passphrase first')],
      }),
    );
    expect(lock.settings.enabled).toBe(false);
    expect(audited).toEqual([]);
  });

  it('keeps its settings for the next start, which begins locked', () => {
    start();
    const settings: AppLockSettings = {
      enabled: true,
      idleMinutes: 3,
      withSystem: false,
      connections: 'close',
    };
    lock.setSettings(settings);
    expect([lock.isLocked, changes]).toEqual([false, ['settings']]);
    expect(audited).toEqual([{ operation: 'vault.app-lock-changed', details: settings }]);
    lock.dispose();
    start();
    expect([lock.settings, lock.isLocked]).toEqual([settings, true]);
  });

  it('turns itself off for good when the vault loses its passphrase', () => {
    startEnabled();
    vault.hasPassphrase = false;
    lock.vaultChanged();
    expect([lock.settings.enabled, changes]).toEqual([false, ['settings']]);
    expect(audited).toMatchObject([{ operation: 'vault.app-lock-changed', details: { enabled: false } }]);
    expect(clock.pendingCount).toBe(0);
    vault.hasPassphrase = true;
    start();
    expect(lock.isLocked).toBe(false);
  });

  it('never starts locked behind a passphrase that does not exist', () => {
    preferences.write('app-lock', { ...defaultAppLockSettings, enabled: true });
    vault.hasPassphrase = false;
    start();
    expect([lock.isLocked, lock.settings.enabled]).toEqual([false, false]);
  });
});

describe('AppLock, locking', () => {
  it('stays locked until the vault is really open', () => {
    startEnabled();
    lock.lockNow();
    lock.unlocked();
    expect(lock.isLocked).toBe(true);
    unlock();
    expect([lock.isLocked, changes]).toEqual([false, ['locked', 'unlocked']]);
  });

  it('locks by hand once, however often it is asked', () => {
    startEnabled();
    lock.lockNow();
    lock.lockNow();
    expect([vault.lockCount, changes]).toEqual([1, ['locked']]);
  });

  it('locks the vault alone by hand where it is not enabled', () => {
    start();
    vault.isLocked = false;
    lock.lockNow();
    expect([vault.isLocked, lock.isLocked, changes]).toEqual([true, false, ['locked']]);
  });

  it('locks the window too once it is enabled, though the vault is locked already', () => {
    start();
    lock.lockNow();
    lock.setSettings({ ...lock.settings, enabled: true });
    expect(lock.isLocked).toBe(false);
    lock.lockNow();
    expect(lock.isLocked).toBe(true);
  });

  it('does not pretend to lock what opens without a passphrase', () => {
    vault.hasPassphrase = false;
    start();
    expect(() => lock.lockNow()).toThrow(expect.objectContaining({ code: 'VAULT_PASSPHRASE_REQUIRED' }));
    expect(vault.lockCount).toBe(0);
  });

  it('is locked already when it tells of it', () => {
    startEnabled();
    const seen: boolean[] = [];
    lock.onChange.on(() => seen.push(lock.isLocked));
    lock.lockNow();
    expect(seen).toEqual([true]);
  });

  it.each(['suspend', 'lock-screen'] as const)('locks on %s where it goes with the system', (event) => {
    startEnabled();
    lock.systemEvent(event);
    expect(lock.isLocked).toBe(true);
    startEnabled({ withSystem: false });
    lock.systemEvent(event);
    expect(lock.isLocked).toBe(false);
  });

  it('leaves a vault alone that is not guarded by it', () => {
    start();
    vault.isLocked = false;
    lock.systemEvent('suspend');
    clock.sleep(24 * 60 * minute);
    lock.systemEvent('resume');
    lock.activity();
    expect(vault.lockCount).toBe(0);
  });
});

describe('AppLock, idle', () => {
  it('locks after the minutes without a key or a click, with one timer for any number of them', async () => {
    startEnabled({ idleMinutes: 5 });
    for (let count = 0; count < 100; count += 1) {
      await clock.advance(minute);
      lock.activity();
      expect(clock.pendingCount).toBe(1);
    }
    await clock.advance(5 * minute - 1);
    expect(lock.isLocked).toBe(false);
    await clock.advance(1);
    expect([lock.isLocked, changes]).toEqual([true, ['locked']]);
    expect(clock.pendingCount).toBe(0);
  });

  it('counts anew from unlocking', async () => {
    startEnabled({ idleMinutes: 5 });
    await clock.advance(5 * minute);
    await clock.advance(60 * minute);
    unlock();
    await clock.advance(5 * minute - 1);
    expect(lock.isLocked).toBe(false);
    await clock.advance(1);
    expect(lock.isLocked).toBe(true);
  });

  it('counts the time in which the machine slept', () => {
    startEnabled({ idleMinutes: 5, withSystem: false });
    clock.sleep(4 * minute);
    lock.systemEvent('resume');
    expect(lock.isLocked).toBe(false);
    clock.sleep(minute);
    lock.systemEvent('resume');
    expect(lock.isLocked).toBe(true);
  });

  it('is not fooled by a key that comes before the word that the machine woke up', () => {
    startEnabled({ idleMinutes: 5, withSystem: false });
    clock.sleep(5 * minute);
    lock.activity();
    expect(lock.isLocked).toBe(true);
  });

  it('is not held open by a clock that was set back', async () => {
    startEnabled({ idleMinutes: 5 });
    clock.sleep(-600 * minute);
    await clock.advance(5 * minute);
    expect(lock.isLocked).toBe(true);
  });

  it('takes other minutes at once, and none as never', async () => {
    startEnabled({ idleMinutes: 60 });
    lock.setSettings({ ...lock.settings, idleMinutes: null });
    expect(clock.pendingCount).toBe(0);
    expect(audited.at(-1)?.details).toMatchObject({ idleMinutes: 'never' });
    lock.setSettings({ ...lock.settings, idleMinutes: 1 });
    await clock.advance(minute);
    expect(lock.isLocked).toBe(true);
  });

  it('leaves no timer behind', () => {
    startEnabled();
    lock.dispose();
    expect(clock.pendingCount).toBe(0);
  });
});
