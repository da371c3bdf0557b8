import type { AuditCheck } from '../../shared/model/audit.ts';
import type { Signer } from '../vault/Signer.ts';
import type { StoredAuditEntry } from './AuditRepository.ts';
import { entryHash, noHash } from './entryHash.ts';

/** One walk along the trail, entry by entry from the first. */
export class TrailCheck {
  readonly #signer: Signer;
  #previousHash = noHash;
  #entryCount = 0;
  #signedUpTo: number | null = null;
  /** Whether a signature after `#signedUpTo` could not be checked. */
  #isUncheckedSince = false;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** Whether the entry is what was written after those before it. After the first that is not, the rest says nothing. */
  isNextFitting(entry: StoredAuditEntry): boolean {
    if (entry.sequence !== this.#entryCount + 1) return false;
    if (!entryHash(this.#previousHash, entry).equals(entry.hash)) return false;
    const { signature } = entry;
    const verdict = signature === null ? 'none' : this.#signer.check('audit', entry.hash, signature);
    if (verdict === 'wrong') return false;
    this.#entryCount = entry.sequence;
    this.#previousHash = entry.hash;
    if (verdict === 'right') this.#signedUpTo = entry.sequence;
    if (verdict !== 'none') this.#isUncheckedSince = verdict === 'unknown';
    return true;
  }

  /** The verdict when every entry fitted. A right signature stands for all entries before it too: its hash covers them. */
  intact(): AuditCheck {
    return {
      status: 'intact',
      entryCount: this.#entryCount,
      signedUpTo: this.#signedUpTo,
      signaturesChecked: !this.#isUncheckedSince,
    };
  }
}
