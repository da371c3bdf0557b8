import { randomBytes } from 'node:crypto';
import type { SealingKey } from './envelope.ts';
import { refKey } from './refKey.ts';
import type { SealedSecret, SecretRef, SecretRepository } from './SecretRepository.ts';

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
