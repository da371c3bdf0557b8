import type { AppLockSettings, ModeChoice, RotationReport, VaultStatus } from '../../shared/model/vault.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { AppLock } from './AppLock.ts';
import type { LongWork } from './LongWork.ts';
import type { VaultManager } from './VaultManager.ts';

export interface VaultServiceOptions {
  readonly vault: VaultManager;
  readonly appLock: AppLock;
  /** Whether people want to hear that the key is old. */
  readonly wantsReminder: () => boolean;
  /** Copies the store before something that cannot be taken back. */
  readonly backUp: () => Promise<unknown>;
  readonly clock: Clock;
}

/** A key older than this is due: NIST SP 800-57, 5.3.6 puts the usage period of such keys at up to two years. */
const rotationDueMs = 365 * 24 * 3_600_000;

/** Vault and app lock as people use them: one status, and operations that say it anew. */
export class VaultService {
  readonly onStatus = new Emitter<VaultStatus>();
  readonly #options: VaultServiceOptions;

  constructor(options: VaultServiceOptions) {
    this.#options = options;
    const tell = () => this.onStatus.emit(this.status());
    options.vault.onStatus.on(tell);
    options.appLock.onChange.on(tell);
  }

  status(): VaultStatus {
    const { vault, appLock } = this.#options;
    const core = vault.status();
    return {
      ...core,
      rotationDue: this.#isRotationDue(core.key?.createdAt ?? null),
      appLock: appLock.settings,
      appLocked: appLock.isLocked,
    };
  }

  /** Tries to get the keys now. Never rejects for a keychain that does not work: the status says it. */
  async retry(): Promise<VaultStatus> {
    await this.#options.vault.retry();
    return this.status();
  }

  /** @throws VAULT_PASSPHRASE_WRONG, VAULT_… */
  async unlock(passphrase: string): Promise<VaultStatus> {
    await this.#options.vault.unlock(passphrase);
    this.#options.appLock.unlocked();
    return this.status();
  }

  lock(): VaultStatus {
    this.#options.appLock.lockNow();
    return this.status();
  }

  async setMode(choice: ModeChoice, work: LongWork): Promise<VaultStatus> {
    await this.#backUpSecrets();
    await this.#options.vault.setMode(choice, work);
    return this.status();
  }

  async changePassphrase(current: string, next: string): Promise<VaultStatus> {
    await this.#options.vault.changePassphrase(current, next);
    return this.status();
  }

  async addPassphrase(passphrase: string): Promise<VaultStatus> {
    await this.#options.vault.addPassphrase(passphrase);
    return this.status();
  }

  async removePassphrase(passphrase: string): Promise<VaultStatus> {
    await this.#options.vault.removePassphrase(passphrase);
    return this.status();
  }

  /** @throws VAULT_PASSPHRASE_REQUIRED when there is none to ask for */
  setAppLock(settings: AppLockSettings): VaultStatus {
    this.#options.appLock.setSettings(settings);
    return this.status();
  }

  async rotate(options: { destroyOldKey: boolean }, work: LongWork): Promise<RotationReport> {
    await this.#backUpSecrets();
    return this.#options.vault.rotate(options, work);
  }

  /** Sealed secrets stay in the backup that is made first. */
  async startOver(): Promise<VaultStatus> {
    await this.#options.backUp();
    await this.#options.vault.startOver();
    return this.status();
  }

  async #backUpSecrets(): Promise<void> {
    if (this.#options.vault.status().secretCount > 0) await this.#options.backUp();
  }

  #isRotationDue(createdAt: number | null): boolean {
    const { clock, wantsReminder } = this.#options;
    return createdAt !== null && wantsReminder() && clock.wallMs() - createdAt > rotationDueMs;
  }
}
