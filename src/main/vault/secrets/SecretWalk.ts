import { type AppError, isAppError } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import type { KeyRing } from '../keys/KeyRing.ts';
import type { LongWork } from '../LongWork.ts';
import type { VaultRepository } from '../VaultRepository.ts';
import { isKeyProblem, secretTampered } from '../vaultErrors.ts';
import type { EndpointHashes } from './EndpointHashes.ts';
import type { SealedSecret, SecretRef, SecretRepository } from './SecretRepository.ts';
import { impossibleRow, openSecret, type SealingPlace } from './sealedSecrets.ts';

export interface SecretWalkOptions {
  readonly keyRing: KeyRing;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly endpointHashes: EndpointHashes;
  readonly clock: Clock;
}

/** What is done on the way. */
export interface SecretVisitor {
  /** Whether this secret has to be opened at all. */
  isWanted(secret: SealedSecret): boolean;
  /** The plaintext is zeroed afterwards. */
  visit(secret: SealedSecret, plaintext: Buffer, place: SealingPlace): void;
  /** After each page, at least once a few milliseconds. */
  endPage(): void;
}

const pageSize = 100;

/** Opens stored secrets one after the other, in slices. */
export class SecretWalk {
  readonly #options: SecretWalkOptions;

  constructor(options: SecretWalkOptions) {
    this.#options = options;
  }

  /**
   * Goes along all stored secrets; one that changes meanwhile is met as it was or as it is.
   * @returns those that do not open, with the error
   * @throws CANCELLED, STORE_…, and what the visitor throws
   */
  async openEach(work: LongWork, visitor: SecretVisitor): Promise<Map<SealedSecret, AppError>> {
    const { secrets, clock } = this.#options;
    const totalCount = secrets.count();
    const pace = new Pace(clock, work.signal);
    const failures = new Map<SealedSecret, AppError>();
    const lostKeys = new Map<number, AppError>();
    let doneCount = 0;
    let after: SecretRef | null = null;
    for (;;) {
      const page: SealedSecret[] = secrets.page(after, pageSize);
      for (const secret of page) {
        if (visitor.isWanted(secret)) {
          const error = await this.#openOne(secret, visitor, lostKeys);
          throwIfAborted(work.signal);
          if (error !== null) failures.set(secret, error);
        }
        await pace.rest();
      }
      visitor.endPage();
      doneCount += page.length;
      work.onProgress({ step: 'seal', doneCount, totalCount: Math.max(totalCount, doneCount) });
      await pace.pause();
      after = page.at(-1) ?? null;
      if (page.length < pageSize) return failures;
    }
  }

  /** Opens a stored secret for the endpoint it should be sealed for. @throws SECRET_TAMPERED, VAULT_… */
  async #open(secret: SealedSecret): Promise<{ plaintext: Buffer; place: SealingPlace }> {
    const { keyRing, repository, endpointHashes } = this.#options;
    const endpointHash = endpointHashes.hashFor(secret);
    if (endpointHash === null) {
      throw secretTampered(secret.field, 'The data source it belongs to is missing or cannot be read.');
    }
    if (keyRing.isForeign(secret.keyVersion)) throw impossibleRow(secret.field);
    const place = { vaultId: repository.vaultId(), endpointHash };
    const plaintext = await keyRing.withKey(secret.keyVersion, (key) => openSecret(key, place, secret));
    return { plaintext, place };
  }

  /** @param lostKeys keys that could not be had: asking the keychain again for every secret would take for ever */
  async #openOne(
    secret: SealedSecret,
    visitor: SecretVisitor,
    lostKeys: Map<number, AppError>,
  ): Promise<AppError | null> {
    const lost = lostKeys.get(secret.keyVersion);
    if (lost !== undefined) return lost;
    const opened = await this.#open(secret).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      if (isKeyProblem(error)) lostKeys.set(secret.keyVersion, error);
      else if (error.code !== 'SECRET_TAMPERED') throw error;
      return error;
    });
    if (isAppError(opened)) return opened;
    try {
      visitor.visit(secret, opened.plaintext, opened.place);
    } finally {
      opened.plaintext.fill(0);
    }
    return null;
  }
}
