import type { DataSourceId } from '../../../shared/model/ids.ts';

/** Which secret of which data source. */
export interface SecretRef {
  readonly dataSourceId: DataSourceId;
  /** `password`; later also key passphrases and private keys. */
  readonly field: string;
}

/** A sealed secret as it is kept. The envelope's layout is the vault's business. */
export interface SealedSecret extends SecretRef {
  readonly envelope: Buffer;
  readonly keyVersion: number;
  readonly revision: number;
}

/** A secret sealed anew by a rotation, not in use yet; `from…` is what it was made from. */
export interface StagedSecret extends SecretRef {
  readonly envelope: Buffer;
  readonly keyVersion: number;
  /** The revision both have. */
  readonly revision: number;
  readonly fromKeyVersion: number;
}

/** What the vault needs kept of secrets; implemented by the store. All methods are synchronous and transactional. */
export interface SecretRepository {
  find(ref: SecretRef): SealedSecret | null;
  /** Inserts or replaces. */
  put(secret: SealedSecret): void;
  remove(ref: SecretRef): void;
  /** By field. */
  listFor(dataSourceId: DataSourceId): SealedSecret[];
  /** In the order of data source and field, those behind `after`; null begins. */
  page(after: SecretRef | null, limit: number): SealedSecret[];
  /** How many sealed secrets there are at all: with any, no first key is ever made. */
  count(): number;
  countWithKey(keyVersion: number): number;
  removeAll(): void;

  /** Adds to the secrets that wait for the switch; they are no secrets until then. */
  stage(secrets: readonly StagedSecret[]): void;
  stagedPage(after: SecretRef | null, limit: number): StagedSecret[];
  /**
   * Puts each staged secret in the place of the one it was made from, when that one is still as it was then (key
   * version and revision), and clears the stage.
   * @returns how many were replaced
   */
  switchStaged(): number;
  clearStaged(): void;
}

/** Which secret, as a key of a map; no two secrets have the same. */
export function refKey({ dataSourceId, field }: SecretRef): string {
  return `${dataSourceId.length} ${dataSourceId} ${field}`;
}
