import type {
  AppLockSettings,
  ModeChoice,
  RotationInput,
  RotationReport,
  VaultStatus,
} from '../../shared/model/vault.ts';
import { isWeakerLock } from '../../shared/model/weakerLock.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import { type Ask, type Question, requireConsent } from '../base/Question.ts';
import type { AppLock } from './AppLock.ts';
import { type Consent, vaultQuestions } from './Consent.ts';
import type { LongWork } from './LongWork.ts';
import type { VaultManager } from './VaultManager.ts';

export interface VaultServiceOptions {
  readonly vault: VaultManager;
  readonly appLock: AppLock;
  /** Whether people want to hear that the key is old. */
  readonly wantsReminder: () => boolean;
  /** Copies the store before something that cannot be taken back. */
  readonly backUp: () => Promise<unknown>;
  readonly ask: Ask;
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

  /**
   * Asks before passwords are taken off the disk.
   * @param current the passphrase there is
   * @throws VAULT_PASSPHRASE_WRONG, CANCELLED, VAULT_…
   */
  async setMode(choice: ModeChoice, current: string | null, work: LongWork): Promise<VaultStatus> {
    const { mode, secretCount } = this.#options.vault.status();
    const isLosing = choice.mode === 'session' && mode !== 'session' && secretCount > 0;
    const consent = this.#consent(current, isLosing ? vaultQuestions.toSession(secretCount) : null);
    await this.#options.vault.setMode(choice, work, consent);
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

  /**
   * @param current the passphrase there is: what makes the lock weaker takes it
   * @throws VAULT_PASSPHRASE_REQUIRED when there is none to lock with; VAULT_PASSPHRASE_WRONG, VAULT_…
   */
  async setAppLock(settings: AppLockSettings, current: string | null): Promise<VaultStatus> {
    const { appLock, vault } = this.#options;
    if (isWeakerLock(settings, appLock.settings)) await vault.requireOwner(current);
    appLock.setSettings(settings);
    return this.status();
  }

  /** Asks before the old key is destroyed. @throws VAULT_PASSPHRASE_WRONG, CANCELLED, VAULT_… */
  async rotate({ destroyOldKey, current }: RotationInput, work: LongWork): Promise<RotationReport> {
    const { vault } = this.#options;
    if (destroyOldKey) {
      return vault.rotate({ destroyOldKey }, work, this.#consent(current, vaultQuestions.destroyKey));
    }
    await this.#backUpSecrets();
    return vault.rotate({ destroyOldKey }, work);
  }

  /** Asks first. Sealed secrets stay in the backup that is made then. @throws VAULT_PASSPHRASE_WRONG, CANCELLED, VAULT_… */
  async startOver(current: string | null, signal: AbortSignal): Promise<VaultStatus> {
    const { vault } = this.#options;
    const question = vaultQuestions.startOver(vault.status().secretCount);
    await vault.startOver(signal, this.#consent(current, question));
    return this.status();
  }

  /** @param question null where nothing is lost */
  #consent(passphrase: string | null, question: Question | null): Consent {
    return {
      passphrase,
      confirm: async (signal) => {
        if (question !== null) await requireConsent(this.#options.ask, question, signal);
        await this.#backUpSecrets();
      },
    };
  }

  async #backUpSecrets(): Promise<void> {
    if (this.#options.vault.status().secretCount > 0) await this.#options.backUp();
  }

  #isRotationDue(createdAt: number | null): boolean {
    const { clock, wantsReminder } = this.#options;
    return createdAt !== null && wantsReminder() && clock.wallMs() - createdAt > rotationDueMs;
  }
}
