import type { AuditCheck } from '../../shared/model/audit.ts';
import type { Signer } from '../vault/Signer.ts';
import type { StoredAuditEntry, TrailEnd } from './AuditRepository.ts';
import { endContent, entryHash, noHash } from './entryHash.ts';
import type { TrailStart } from './standingEntries.ts';

type Verdict = ReturnType<Signer['check']> | 'none';
type Broken = Extract<AuditCheck, { status: 'broken' }>;

/** One walk along the trail, entry by entry from the first that is there. */
export class TrailCheck {
  readonly #signer: Signer;
  readonly #start: TrailStart | null;
  #previousHash: Buffer;
  /** The last entry that fitted. */
  #sequence: number;
  #lastVerdict: Verdict = 'none';
  #startVerdict: Verdict = 'none';
  #signedUpTo: number | null = null;
  /** Whether a signature after `#signedUpTo` could not be checked. */
  #isUncheckedSince = false;

  /** @param start what the trail says of entries that were removed for their age */
  constructor(signer: Signer, start: TrailStart | null) {
    this.#signer = signer;
    this.#start = start;
    this.#sequence = this.#startsAfter;
    this.#previousHash = start?.hash ?? noHash;
  }

  /** What is wrong with the next entry; null when it is what was written after those before it. */
  next(entry: StoredAuditEntry): Broken | null {
    const { sequence, hash, signature } = entry;
    if (sequence !== this.#sequence + 1) return this.#missingBefore(sequence);
    if (!entryHash(this.#previousHash, entry).equals(hash)) return broken(sequence, 'entry');
    const verdict = signature === null ? 'none' : this.#signer.check('audit', hash, signature);
    if (verdict === 'wrong') return broken(sequence, 'entry');
    this.#sequence = sequence;
    this.#previousHash = hash;
    this.#lastVerdict = verdict;
    if (sequence === this.#start?.entry.sequence) this.#startVerdict = verdict;
    if (verdict === 'right') this.#signedUpTo = sequence;
    if (verdict !== 'none') this.#isUncheckedSince = verdict === 'unknown';
    return null;
  }

  /**
   * The verdict when every entry fitted. A right signature stands for all entries before it too: its hash covers them.
   * Not for a removal: that one has to be signed itself, or somebody who removed entries could say that we did.
   */
  verdict(end: TrailEnd | null): AuditCheck {
    if (this.#start !== null && this.#startVerdict === 'none') return broken(this.#startsAfter + 1, 'start');
    if (!this.#isEnd(end)) return broken(this.#sequence + 1, 'end');
    return {
      status: 'intact',
      entryCount: this.#sequence - this.#startsAfter,
      signedUpTo: this.#signedUpTo,
      signaturesChecked: !this.#isUncheckedSince,
      startsAfter: this.#startsAfter,
      startSigned: this.#start === null || this.#startVerdict === 'right',
    };
  }

  get #startsAfter(): number {
    return this.#start?.upTo ?? 0;
  }

  #missingBefore(sequence: number): Broken {
    return broken(sequence, this.#sequence === this.#startsAfter ? 'start' : 'entry');
  }

  /** An end without a signature fits only an entry without one: whoever cannot sign cannot move it further up. */
  #isEnd(end: TrailEnd | null): boolean {
    if (end === null) return this.#sequence === 0;
    if (end.sequence !== this.#sequence || !end.hash.equals(this.#previousHash)) return false;
    if (end.signature === null) return this.#lastVerdict === 'none';
    return this.#signer.check('audit', endContent(end), end.signature) !== 'wrong';
  }
}

const broken = (at: number, reason: Broken['reason']): Broken => ({ status: 'broken', at, reason });
