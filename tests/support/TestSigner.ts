import { createHmac, randomBytes } from 'node:crypto';
import type { Signature, SignedKind, Signer } from '../../src/main/vault/Signer.ts';

/** Signs with random keys of its own; `isLocked` is a vault whose keys are not in memory. */
export class TestSigner implements Signer {
  isLocked = false;
  readonly keyVersion: number;
  readonly #key = randomBytes(32);

  constructor(keyVersion = 1) {
    this.keyVersion = keyVersion;
  }

  sign(kind: SignedKind, content: Buffer): Signature | null {
    return this.isLocked ? null : this.signAnyway(kind, content);
  }

  check(kind: SignedKind, content: Buffer, { keyVersion, mac }: Signature): 'right' | 'wrong' | 'unknown' {
    if (this.isLocked || keyVersion !== this.keyVersion) return 'unknown';
    return this.signAnyway(kind, content).mac.equals(mac) ? 'right' : 'wrong';
  }

  signAnyway(kind: SignedKind, content: Buffer): Signature {
    const mac = createHmac('sha256', this.#key).update(kind).update(content).digest();
    return { keyVersion: this.keyVersion, mac };
  }
}
