import type { VaultProgress } from '../../shared/model/vault.ts';

export type VaultStep = Omit<VaultProgress, 'callId'>;

/** Who waits for a long operation: can give it up, and hears how far it is. */
export interface LongWork {
  readonly signal: AbortSignal;
  onProgress(progress: VaultStep): void;
}
