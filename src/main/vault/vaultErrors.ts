import { AppError, isAppError } from '../base/AppError.ts';

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
  return new AppError('VAULT_BUSY', {
    title: 'The vault was locked meanwhile',
    detail: 'Its keys were needed at the moment in which they were dropped.',
    fixes: ['Try again.'],
    retryable: true,
  });
}

/** The first secret is to be saved, and the keychain cannot hold its key: nothing is chosen in its place. */
export function modeRequired(keychainError: AppError): AppError {
  return new AppError('VAULT_MODE_REQUIRED', {
    title: 'Choose how your passwords are kept',
    detail: `The keychain of this computer cannot be used, and nothing was saved. ${keychainError.detail}`,
    causes: keychainError.causes,
    fixes: [
      'Protect saved passwords with a passphrase of your own.',
      'Or keep passwords for this session only: nothing secret is written.',
      'Or make the keychain work, and try again.',
    ],
    retryable: true,
    cause: keychainError,
  });
}

/** The keys are wrapped by a passphrase that nobody has typed yet. */
export function passphraseRequired(): AppError {
  return new AppError('VAULT_PASSPHRASE_REQUIRED', {
    title: 'Your passwords are locked',
    detail: 'Opening them takes your passphrase.',
    fixes: ['Unlock with your passphrase, then try again.'],
  });
}

/** @param waitMs how long the next attempt has to wait; 0 for not at all */
export function passphraseWrong(waitMs: number): AppError {
  return new AppError('VAULT_PASSPHRASE_WRONG', {
    title: 'This is not the passphrase',
    detail: waitMs === 0 ? '' : `You can try again in ${inSeconds(waitMs)}.`,
    causes: ['It was mistyped, or Caps Lock or another keyboard layout is on.'],
    fixes: ['Type it again.'],
    ...(waitMs > 0 && { retryAfterMs: waitMs }),
  });
}

/** Refused without looking at it, so that nobody can guess quickly. */
/** Something takes the passphrase, and came without. */
export function passphraseNeeded(): AppError {
  return new AppError('VAULT_PASSPHRASE_REQUIRED', {
    title: 'The passphrase is missing',
    detail: 'A change to how the key is kept takes the passphrase, also while the vault is open.',
    fixes: ['Enter the passphrase.'],
  });
}

export function passphraseTooEarly(waitMs: number): AppError {
  return new AppError('VAULT_PASSPHRASE_WRONG', {
    title: 'Too many wrong passphrases',
    detail: `This one was not looked at. You can try again in ${inSeconds(waitMs)}.`,
    causes: ['Several wrong passphrases were typed in a row.'],
    fixes: ['Wait, then type it again.'],
    retryAfterMs: waitMs,
  });
}

/** One operation on the keys at a time. */
export function vaultBusy(): AppError {
  return new AppError('VAULT_BUSY', {
    title: 'The vault is busy',
    detail: 'Its keys are being changed at this moment.',
    fixes: ['Wait until that is done, then try again.'],
    retryable: true,
  });
}

/** What was sealed a moment ago is under a key that is no longer there: kept, it would never open. */
export function keyChangedMeanwhile(): AppError {
  return new AppError('VAULT_BUSY', {
    title: 'The key of your passwords was changed meanwhile',
    detail: 'Nothing was saved.',
    fixes: ['Save again.'],
    retryable: true,
  });
}

/** The vault is not in the state that the operation is for. */
export function notInThisMode(detail: string): AppError {
  return new AppError('INVALID_INPUT', { title: 'This does not fit how your passwords are kept', detail });
}

/** Going to session mode would lose what does not open. */
export function secretsNotOpening(failedCount: number, totalCount: number): AppError {
  return new AppError('SECRET_TAMPERED', {
    title: 'Not every saved password opens',
    detail: `${failedCount} of ${totalCount} do not open and would be lost. Nothing has been changed.`,
    causes: ['Settings of data sources were changed outside of Mooring, or its data file was damaged.'],
    fixes: ['Enter these passwords again or remove them, then try again.'],
  });
}

/** What was sealed anew does not open as it should; the old key and the old secrets stay in use. */
export function rotationNotProved(cause?: unknown): AppError {
  return new AppError('STORE_FAILED', {
    title: 'The new key could not be put to use',
    detail:
      'What was sealed with it could not be read back. The key and the passwords you had are unchanged.',
    causes: ['The disk or the memory of this computer is failing.'],
    fixes: ['Make a backup, then try again.'],
    cause,
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

/** Whether an error says that a key could not be had. */
export function isKeyProblem(error: AppError): boolean {
  const { code } = error;
  return code === 'VAULT_UNAVAILABLE' || code === 'VAULT_LOCKED_OR_MISSING_KEY' || code === 'VAULT_WRONG_KEY';
}

/** Whether an error comes from a keychain that does not do its work. */
export function isKeychainFailure(error: unknown): boolean {
  return isAppError(error) && (error.code === 'VAULT_UNAVAILABLE' || error.code === 'VAULT_MODE_REQUIRED');
}

function inSeconds(waitMs: number): string {
  const count = Math.ceil(waitMs / 1_000);
  return count === 1 ? '1 second' : `${count} seconds`;
}
