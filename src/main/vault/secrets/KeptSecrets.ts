import type { VaultRepository } from '../VaultRepository.ts';
import { keyChangedMeanwhile } from '../vaultErrors.ts';
import type { SealedSecret, SecretRef, SecretRepository } from './SecretRepository.ts';
import type { SessionSecrets } from './SessionSecrets.ts';

/** The secrets that are kept now: in the store, or in mode `session` in memory. */
export class KeptSecrets {
  readonly #repository: VaultRepository;
  readonly #stored: SecretRepository;
  readonly #session: SessionSecrets;
  #changeCount = 0;

  constructor(repository: VaultRepository, stored: SecretRepository, session: SessionSecrets) {
    this.#repository = repository;
    this.#stored = stored;
    this.#session = session;
  }

  /** Grows with every change, so that long work notices that something has changed under it. */
  get changeCount(): number {
    return this.#changeCount;
  }

  isSession(): boolean {
    return this.#repository.protection().mode === 'session';
  }

  find(ref: SecretRef): SealedSecret | null {
    return this.#now().find(ref);
  }

  count(): number {
    return this.#now().count();
  }

  /** @throws VAULT_BUSY for what is sealed under a key that is not there any more: it would never open */
  keep(sealed: SealedSecret): void {
    if (!this.#isKeyThere(sealed.keyVersion)) throw keyChangedMeanwhile();
    this.#changeCount += 1;
    this.#now().put(sealed);
  }

  remove(ref: SecretRef): void {
    this.#changeCount += 1;
    this.#now().remove(ref);
  }

  #isKeyThere(keyVersion: number): boolean {
    if (this.isSession()) return this.#session.isCurrent(keyVersion);
    return this.#repository.keyVersions().some(({ version }) => version === keyVersion);
  }

  #now() {
    return this.isSession() ? this.#session : this.#stored;
  }
}
