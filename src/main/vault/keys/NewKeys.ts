import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/Clock.ts';
import type { PreparedSignature, SignedRows } from '../SignedRows.ts';
import type { KeyVersionRecord, VaultRepository } from '../VaultRepository.ts';
import type { KeyRing } from './KeyRing.ts';
import {
  deriveVersionKeys,
  keyCheckValue,
  signWith,
  type VersionKeys,
  zeroVersionKeys,
} from './keyDerivation.ts';
import type { KeyProtection } from './RootKeyItems.ts';
import { rootKeyBytes } from './rootKeyItem.ts';

/** A key whose item is written and proved, and that nothing uses yet. */
export interface MadeKey {
  /** In state `next`. */
  readonly record: KeyVersionRecord;
  readonly keys: VersionKeys;
}

export interface NewKeysOptions {
  readonly keyRing: KeyRing;
  readonly repository: VaultRepository;
  readonly signedRows: SignedRows;
  readonly clock: Clock;
}

/** Makes the next version of the root key, and puts it to use. */
export class NewKeys {
  readonly #options: NewKeysOptions;

  constructor(options: NewKeysOptions) {
    this.#options = options;
  }

  /** The answer goes to `putToUse` or to `discard`. @throws VAULT_UNAVAILABLE */
  async make(protection: KeyProtection): Promise<MadeKey> {
    const { keyRing, repository, clock } = this.#options;
    const vaultId = repository.vaultId();
    const version = repository.highestKeyVersion() + 1;
    const rootKey = randomBytes(rootKeyBytes);
    try {
      const place = await keyRing.items.write(rootKey, version, protection);
      const check = keyCheckValue(rootKey, vaultId, version);
      const createdAt = clock.wallMs();
      return {
        record: { version, state: 'next', check, createdAt, retiredAt: null, ...place },
        keys: deriveVersionKeys(rootKey, vaultId, version),
      };
    } finally {
      rootKey.fill(0);
    }
  }

  /**
   * In one transaction with `work`: the key becomes the active one, the one before is retired, and what it has signed is
   * signed anew. From then on the key ring holds the key.
   * @param prepared what `prepareSignatures` has computed, if it was asked
   */
  putToUse({ record, keys }: MadeKey, work: () => void, prepared: readonly PreparedSignature[] = []): void {
    const { keyRing, repository, signedRows, clock } = this.#options;
    keyRing.hold(keys);
    try {
      repository.transaction(() => {
        work();
        const active = repository.keyVersions().find(({ state }) => state === 'active');
        // After the secrets are in place, whose revisions are signed too; while the old key still counts as the right one.
        const sign = (content: Buffer) => signWith(keys, 'data-source', content);
        signedRows.resign(active === undefined ? null : keyRing, sign, prepared);
        if (active !== undefined) {
          repository.putKeyVersion({ ...active, state: 'retired', retiredAt: clock.wallMs() });
        }
        keyRing.items.putToUse({ ...record, state: 'active' });
      });
    } catch (error) {
      keyRing.forget(keys.version);
      throw error;
    }
  }

  /** Signs data sources with a key that is not in use yet, so that the switch only has to write. */
  prepareSignatures({ keys }: MadeKey, pause: () => Promise<void>): Promise<readonly PreparedSignature[]> {
    const { keyRing, signedRows } = this.#options;
    return signedRows.prepare(keyRing, (content) => signWith(keys, 'data-source', content), pause);
  }

  /** Its item is left to be swept. */
  discard({ keys }: MadeKey): void {
    zeroVersionKeys(keys);
  }
}
