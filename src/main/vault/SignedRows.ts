import type { Signature, Signer } from './Signer.ts';

/** Signs under the key that is about to become the active one; null leaves rows without a signature. */
export type NextSigner = ((content: Buffer) => Signature) | null;

/** A signature that was computed before it is written. */
export interface PreparedSignature {
  /** Which row; the store knows what it means. */
  readonly row: number;
  /** The signature it must still have: one that was saved meanwhile has another. */
  readonly oldMac: Buffer;
  readonly signature: Signature;
  /** Of the content that is signed. */
  readonly digest: Buffer;
}

/** Rows of others that carry a signature of the vault (see Signer.ts); implemented by the store. */
export interface SignedRows {
  /**
   * Computes what `resign` will write, page by page, so that nobody has to wait for all of it.
   * @param pause awaited after each page
   */
  prepare(
    current: Signer,
    next: (content: Buffer) => Signature,
    pause: () => Promise<void>,
  ): Promise<readonly PreparedSignature[]>;

  /**
   * Gives every row whose signature is right another one by `next`; in a vault that had no key yet, every row that is
   * whole, with the revisions that its secrets have now. All others stay as they are, and so stay wrong. Joins the
   * transaction that is open.
   * @param current null when there was no key yet
   */
  resign(current: Signer | null, next: NextSigner, prepared?: readonly PreparedSignature[]): void;
}
