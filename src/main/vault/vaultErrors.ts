import { AppError } from '../base/AppError.ts';

const unlockFix =
  'Unlock the keychain of your computer (signing out and in again does it as a rule), then try again.';
const nothingLostFix =
  'Nothing has been changed or deleted; data sources without a saved password keep working.';

/** The keychain cannot be reached or answers with an error. */
export function keychainUnavailable(detail: string, causes: readonly string[], cause?: unknown): AppError {
  return new AppError('VAULT_UNAVAILABLE', {
    title: 'The keychain of this computer is not available',
    detail,
    causes,
    fixes: [
      unlockFix,
      'If the keychain was restarted while Mooring ran, quit Mooring and start it again.',
      'On Linux, install and start a keychain service such as GNOME Keyring, KWallet or KeePassXC.',
      nothingLostFix,
    ],
    retryable: true,
    cause,
  });
}

/** A key that must be there is not: the keychain is locked, or the item is gone. Never a first run. */
export function keyLockedOrMissing(version: number): AppError {
  return new AppError('VAULT_LOCKED_OR_MISSING_KEY', {
    title: 'The keychain is locked, or the key to your passwords is missing',
    detail: `The keychain gave no key for version ${version} of the vault.`,
    causes: [
      'The keychain is locked.',
      'Mooring’s data was copied from another computer or user, and the key stayed there.',
      'The item “Mooring” was deleted from the keychain.',
    ],
    fixes: [unlockFix, 'If the item was deleted, restore the keychain from a backup.', nothingLostFix],
    retryable: true,
  });
}

/** Sealed secrets exist, but the record of which key opens them does not. */
export function keyRecordMissing(): AppError {
  return new AppError('VAULT_LOCKED_OR_MISSING_KEY', {
    title: 'The record of the key to your passwords is missing',
    detail: 'Passwords are saved, but not which key of the keychain opens them.',
    causes: ['Mooring’s data file was edited or only partly restored.'],
    fixes: ['Restore Mooring’s data file from a backup.', nothingLostFix],
  });
}

/** `lock()` was called while an operation waited for its key. */
export function vaultWasLocked(): AppError {
  return new AppError('VAULT_LOCKED_OR_MISSING_KEY', {
    title: 'The vault was locked meanwhile',
    detail: 'A saved password was needed at the moment in which the vault was locked.',
    fixes: ['Try again.'],
    retryable: true,
  });
}

/** The keychain answers, but with something that is not this vault's key. */
export function wrongKey(detail: string): AppError {
  return new AppError('VAULT_WRONG_KEY', {
    title: 'The key in the keychain does not belong to this vault',
    detail,
    causes: [
      'The item “Mooring” in the keychain was edited or damaged.',
      'Keychain and data folder were restored from different backups.',
    ],
    fixes: ['Restore the keychain and Mooring’s data folder from backups of the same time.', nothingLostFix],
  });
}

/** One secret does not open. It is kept as it is; only this one is affected. */
export function secretTampered(field: string, detail: string, cause?: unknown): AppError {
  const name = field === 'password' ? 'password' : 'secret';
  return new AppError('SECRET_TAMPERED', {
    title: `The saved ${name} no longer fits this data source`,
    detail,
    causes: [
      'Host, port, user, database or TLS settings were changed outside of Mooring.',
      'Mooring’s data file was damaged, edited or only partly restored.',
    ],
    fixes: [
      'Check that host, port, user, database and TLS settings are the right ones.',
      `Then enter the ${name} again and save. Until then the saved one is kept, and never sent.`,
    ],
    cause,
  });
}
