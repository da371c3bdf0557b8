import type { Signature, Signer } from './Signer.ts';

/** Signs under the key that is about to become the active one; null leaves rows without a signature. */
export type NextSigner = ((content: Buffer) => Signature) | null;

/** Rows of others that carry a signature of the vault (see Signer.ts); implemented by the store. */
export interface SignedRows {
  /**
   * Gives every row whose signature is right another one by `next`; in a vault that had no key yet, every row that is
   * whole. All others stay as they are, and so stay wrong. Joins the transaction that is open.
   * @param current null when there was no key yet
   */
  resign(current: Signer | null, next: NextSigner): void;
}
