import { randomBytes } from 'node:crypto';
import type { VaultRepository } from '../VaultRepository.ts';
import { keyChangedMeanwhile } from '../vaultErrors.ts';
import type { SealingKey } from './envelope.ts';
import { refKey, type SealedSecret, type SecretRef, type SecretRepository } from './SecretRepository.ts';

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

/** Versions of these keys begin here, so that none is mistaken for a version of a root key. */
const firstVersion = 0x8000_0000;

/**
 * The secrets of mode `session`: in memory only, each sealed under a random key that is never written anywhere, so that
 * no plaintext lies in memory longer than it is used.
 */
export class SessionSecrets implements Pick<SecretRepository, 'find' | 'put' | 'remove' | 'count'> {
  readonly #secrets = new Map<string, SealedSecret>();
  #key: SealingKey | null = null;
  #nextVersion = firstVersion;

  /** The key they are sealed with; made on first use, another one after `forget`, which zeroes it. */
  key(): SealingKey {
    this.#key ??= { version: this.#nextVersion++, bytes: randomBytes(32) };
    return this.#key;
  }

  /** Whether what was sealed with this version still opens. */
  isCurrent(keyVersion: number): boolean {
    return this.#key?.version === keyVersion;
  }

  find(ref: SecretRef): SealedSecret | null {
    return this.#secrets.get(refKey(ref)) ?? null;
  }

  put(secret: SealedSecret): void {
    this.#secrets.set(refKey(secret), secret);
  }

  remove(ref: SecretRef): void {
    this.#secrets.delete(refKey(ref));
  }

  all(): SealedSecret[] {
    return [...this.#secrets.values()];
  }

  count(): number {
    return this.#secrets.size;
  }

  /** Forgets every secret and zeroes their key. */
  forget(): void {
    this.#secrets.clear();
    this.#key?.bytes.fill(0);
    this.#key = null;
  }
}
