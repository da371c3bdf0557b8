import type { VaultStatus } from '../../../shared/model/vault.ts';

/**
 * What saving a typed password would mean now.
 * - `vault`: it is sealed and written.
 * - `session`: it stays in memory until the app ends.
 * - `locked`: the vault is opened with its passphrase first.
 * - `unusable`: there is no key to seal it with.
 */
export type SaveChoice = 'vault' | 'session' | 'locked' | 'unusable';

/** @param status null while it is not known */
export function saveChoiceOf(status: VaultStatus | null): SaveChoice {
  if (status === null) return 'unusable';
  if (status.mode === 'session') return 'session';
  if (status.lock === 'locked') return 'locked';
  // Before the first secret a missing keychain is a question of where to keep the key, which saving asks.
  return status.problem !== null && status.mode !== null ? 'unusable' : 'vault';
}
