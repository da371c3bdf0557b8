import type { z } from 'zod';
import {
  type AppLockSettings,
  appLockSettingsSchema,
  defaultAppLockSettings,
} from '../../shared/model/vault.ts';
import type { Audit } from '../audit/Audit.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';

/** Where the settings are kept; the store's preferences fit. */
export interface AppLockPreferences {
  read<Schema extends z.ZodType>(key: string, schema: Schema, fallback: z.output<Schema>): z.output<Schema>;
  write(key: string, value: unknown): void;
  /** Runs `work` in one transaction: all of its writes or none, also those through other repositories of the store. */
  transaction<Value>(work: () => Value): Value;
}

/** What the app lock needs of the vault. */
export interface LockableVault {
  /** Drops the keys and everything decrypted. */
  lock(): void;
  hasPassphrase(): boolean;
  /** Whether a passphrase is needed to open it now. */
  isLocked(): boolean;
}

export interface AppLockOptions {
  readonly preferences: AppLockPreferences;
  readonly vault: LockableVault;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * - `locked`: the vault was locked; the window too where `isLocked` says so.
 * - `unlocked`: the window was unlocked.
 * - `settings`: the settings are others now.
 */
export type AppLockChange = 'locked' | 'unlocked' | 'settings';

const preferenceKey = 'app-lock';
const msPerMinute = 60_000;

/**
 * Locks vault and window: when nobody has used Mooring for a while, when the machine locks or sleeps, and by hand. By
 * hand it works wherever there is a passphrase; the window itself, and everything automatic, only where the app lock is
 * enabled.
 */
export class AppLock {
  readonly onChange = new Emitter<AppLockChange>();
  readonly #options: AppLockOptions;
  #settings: AppLockSettings;
  #isLocked: boolean;
  #lastUse: { readonly monotonicMs: number; readonly wallMs: number };
  #timer: Timer | null = null;

  /** The app starts locked where the lock is enabled. */
  constructor(options: AppLockOptions) {
    this.#options = options;
    this.#settings = options.preferences.read(preferenceKey, appLockSettingsSchema, defaultAppLockSettings);
    this.#isLocked = this.#settings.enabled;
    this.#lastUse = this.#now();
    this.vaultChanged();
  }

  get settings(): AppLockSettings {
    return this.#settings;
  }

  /** Whether the window is locked now. */
  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** @throws AppError VAULT_PASSPHRASE_REQUIRED when it is to be enabled and there is no passphrase to ask for; STORE_… */
  setSettings(settings: AppLockSettings): void {
    if (settings.enabled && !this.#options.vault.hasPassphrase()) throw noPassphrase();
    this.#keep(settings);
    this.#use(settings);
  }

  /** Somebody pressed a key or clicked in the window. */
  activity(): void {
    // After a sleep this may come before the system says that it is over: then it is too late.
    if (this.#isIdleTooLong()) this.#lock();
    else this.#lastUse = this.#now();
  }

  /** The machine did something: suspended or locked it locks; after a sleep it looks how long that was. */
  systemEvent(event: 'suspend' | 'resume' | 'lock-screen'): void {
    const { enabled, withSystem } = this.#settings;
    if (!enabled || this.#isLocked) return;
    if (event === 'resume' ? this.#isIdleTooLong() : withSystem) this.#lock();
  }

  /** By hand. @throws AppError VAULT_PASSPHRASE_REQUIRED when there is no passphrase: locking would keep nobody out */
  lockNow(): void {
    if (!this.#options.vault.hasPassphrase()) throw noPassphrase();
    this.#lock();
  }

  /** The vault was opened with its passphrase. */
  unlocked(): void {
    if (!this.#isLocked || this.#options.vault.isLocked()) return;
    this.#isLocked = false;
    this.#lastUse = this.#now();
    this.#watchIdleness();
    this.onChange.emit('unlocked');
  }

  /** The vault may have lost its passphrase: without one to ask for, the app lock turns itself off. */
  vaultChanged(): void {
    if (!this.#settings.enabled || this.#options.vault.hasPassphrase()) return;
    this.#isLocked = false;
    const settings = { ...this.#settings, enabled: false };
    try {
      this.#keep(settings);
    } catch (error) {
      // What changed the vault has succeeded; the next start turns it off again.
      this.#options.logger.error('The app lock could not be turned off for good', {}, error);
    }
    this.#use(settings);
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #keep(settings: AppLockSettings): void {
    const { audit, preferences } = this.#options;
    const { enabled, withSystem, connections } = settings;
    const details = { enabled, withSystem, connections, idleMinutes: settings.idleMinutes ?? 'never' };
    preferences.transaction(() => {
      preferences.write(preferenceKey, settings);
      audit.record({ operation: 'vault.app-lock-changed', details });
    });
  }

  #use(settings: AppLockSettings): void {
    this.#settings = settings;
    this.#lastUse = this.#now();
    this.#watchIdleness();
    this.onChange.emit('settings');
  }

  #lock(): void {
    const { enabled } = this.#settings;
    if (this.#isLocked === enabled && this.#options.vault.isLocked()) return;
    // First of all, so that nothing leaves main any more.
    this.#isLocked = enabled;
    this.dispose();
    this.#options.vault.lock();
    this.onChange.emit('locked');
  }

  /** One timer, however many keys are pressed: when it fires it looks at the last use, and waits for the rest. */
  #watchIdleness(): void {
    this.dispose();
    const limitMs = this.#idleLimitMs();
    if (limitMs === null) return;
    this.#timer = this.#options.clock.after(limitMs - this.#idleMs(), () => {
      if (this.#isIdleTooLong()) this.#lock();
      else this.#watchIdleness();
    });
  }

  #isIdleTooLong(): boolean {
    const limitMs = this.#idleLimitMs();
    return limitMs !== null && this.#idleMs() >= limitMs;
  }

  /** Null while idleness locks nothing. */
  #idleLimitMs(): number | null {
    const { enabled, idleMinutes } = this.#settings;
    return !enabled || this.#isLocked || idleMinutes === null ? null : idleMinutes * msPerMinute;
  }

  /** The monotonic clock stands still while the machine sleeps, and the other one can be set back: the longer counts. */
  #idleMs(): number {
    const now = this.#now();
    return Math.max(now.monotonicMs - this.#lastUse.monotonicMs, now.wallMs - this.#lastUse.wallMs);
  }

  #now() {
    const { clock } = this.#options;
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
  }
}

function noPassphrase(): AppError {
  return new AppError('VAULT_PASSPHRASE_REQUIRED', {
    title: 'Mooring cannot be locked without a passphrase',
    detail: 'Unlocking requires a passphrase, but none is set for the vault.',
    fixes: ['Add a passphrase first, in Settings under Security.'],
  });
}
