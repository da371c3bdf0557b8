import type { AppLockSettings } from './vault.ts';

/**
 * Whether settings keep fewer people out than those before: what that takes is the passphrase. Apart from the schemas,
 * which the first screen does without.
 */
export function isWeakerLock(next: AppLockSettings, before: AppLockSettings): boolean {
  if (!before.enabled) return false;
  const idleLimit = ({ idleMinutes }: AppLockSettings) => idleMinutes ?? Number.POSITIVE_INFINITY;
  return !next.enabled || idleLimit(next) > idleLimit(before) || (before.withSystem && !next.withSystem);
}
