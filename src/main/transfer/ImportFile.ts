import type { ImportEntry } from './importEntry.ts';

/** A file as far as it can be read without a passphrase. `product`: whose file it is; null: one of ours. */
export type ImportFile = { readonly product: string | null } & (
  | { readonly type: 'readable'; readonly entries: readonly ImportEntry[] }
  /**
   * `open` throws IMPORT_NOT_OPENED for a wrong passphrase and for a changed file alike; IMPORT_INVALID, IMPORT_TOO_NEW.
   */
  | { readonly type: 'sealed'; readonly open: (passphrase: string) => Promise<readonly ImportEntry[]> }
);
