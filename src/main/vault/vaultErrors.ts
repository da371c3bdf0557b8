import { AppError, isAppError } from '../base/AppError.ts';

const unlockFix =
  'Unlock the keychain of this computer (signing out and in again usually does this), then try again.';
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
      'If the keychain was restarted while Mooring was running, restart Mooring.',
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
    detail: `The keychain did not provide the key for version ${version} of the vault.`,
    causes: [
      'The keychain is locked.',
      'Mooring’s data was copied from another computer or user without the key.',
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
    detail: 'Passwords are saved, but there is no record of which keychain key decrypts them.',
    causes: ['Mooring’s data file was edited or only partly restored.'],
    fixes: ['Restore Mooring’s data file from a backup.', nothingLostFix],
  });
}

/** `lock()` was called while an operation waited for its key. */
export function vaultWasLocked(): AppError {
  return new AppError('VAULT_BUSY', {
    title: 'The vault was locked in the meantime',
    detail: 'Its keys were removed from memory while they were needed.',
    fixes: ['Try again.'],
    retryable: true,
  });
}

/** The first secret is to be saved, and the keychain cannot hold its key: nothing is chosen in its place. */
export function modeRequired(keychainError: AppError): AppError {
  return new AppError('VAULT_MODE_REQUIRED', {
    title: 'Choose how your passwords are stored',
    detail: `The keychain of this computer cannot be used, and nothing was saved. ${keychainError.detail}`,
    causes: keychainError.causes,
    fixes: [
      'Protect saved passwords with your own passphrase.',
      'Or keep passwords for this session only: no secrets are written to disk.',
      'Or make the keychain available and try again.',
    ],
    retryable: true,
    cause: keychainError,
  });
}

/** The keys are wrapped by a passphrase that nobody has typed yet. */
export function passphraseRequired(): AppError {
  return new AppError('VAULT_PASSPHRASE_REQUIRED', {
    title: 'Your passwords are locked',
    detail: 'Your passphrase is needed to decrypt them.',
    fixes: ['Unlock them with your passphrase, then try again.'],
  });
}

/** @param waitMs how long the next attempt has to wait; 0 for not at all */
export function passphraseWrong(waitMs: number): AppError {
  return new AppError('VAULT_PASSPHRASE_WRONG', {
    title: 'The passphrase is wrong',
    detail: waitMs === 0 ? '' : `You can try again in ${inSeconds(waitMs)}.`,
    causes: ['It was mistyped, or Caps Lock or a different keyboard layout is active.'],
    fixes: ['Enter it again.'],
    ...(waitMs > 0 && { retryAfterMs: waitMs }),
  });
}

/** Refused without looking at it, so that nobody can guess quickly. */
/** Something takes the passphrase, and came without. */
export function passphraseNeeded(): AppError {
  return new AppError('VAULT_PASSPHRASE_REQUIRED', {
    title: 'The passphrase is required',
    detail: 'Changing how the key is stored requires the passphrase, even while the vault is open.',
    fixes: ['Enter the passphrase.'],
  });
}

export function passphraseTooEarly(waitMs: number): AppError {
  return new AppError('VAULT_PASSPHRASE_WRONG', {
    title: 'Too many wrong passphrases',
    detail: `This one was not checked. You can try again in ${inSeconds(waitMs)}.`,
    causes: ['Several wrong passphrases were entered in a row.'],
    fixes: ['Wait, then enter it again.'],
    retryAfterMs: waitMs,
  });
}

/** One operation on the keys at a time. */
export function vaultBusy(): AppError {
  return new AppError('VAULT_BUSY', {
    title: 'The vault is busy',
    detail: 'Its keys are being changed.',
    fixes: ['Wait until this has finished, then try again.'],
    retryable: true,
  });
}

/** What was sealed a moment ago is under a key that is no longer there: kept, it would never open. */
export function keyChangedMeanwhile(): AppError {
  return new AppError('VAULT_BUSY', {
    title: 'The key to your passwords was changed in the meantime',
    detail: 'Nothing was saved.',
    fixes: ['Save again.'],
    retryable: true,
  });
}

/** The vault is not in the state that the operation is for. */
export function notInThisMode(detail: string): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'This does not apply to how your passwords are stored',
    detail,
  });
}

/** Going to session mode would lose what does not open. */
export function secretsNotOpening(failedCount: number, totalCount: number): AppError {
  return new AppError('SECRET_TAMPERED', {
    title: 'Some saved passwords cannot be decrypted',
    detail: `${failedCount} of ${totalCount} cannot be decrypted and would be lost. Nothing has been changed.`,
    causes: ['Settings of data sources were changed outside Mooring, or its data file was damaged.'],
    fixes: ['Enter these passwords again or remove them, then try again.'],
  });
}

/** What was sealed anew does not open as it should; the old key and the old secrets stay in use. */
export function rotationNotProved(cause?: unknown): AppError {
  return new AppError('STORE_FAILED', {
    title: 'The new key could not be activated',
    detail: 'Data encrypted with it could not be read back. The current key and passwords are unchanged.',
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
      'The keychain and the data folder were restored from different backups.',
    ],
    fixes: [
      'Restore the keychain and Mooring’s data folder from backups made at the same time.',
      nothingLostFix,
    ],
  });
}

/** One secret does not open. It is kept as it is; only this one is affected. */
export function secretTampered(field: string, detail: string, cause?: unknown): AppError {
  const name = field === 'password' ? 'password' : 'secret';
  return new AppError('SECRET_TAMPERED', {
    title: `The saved ${name} no longer matches this data source`,
    detail,
    causes: [
      'The host, port, user, database or TLS settings were changed outside Mooring.',
      'Mooring’s data file was damaged, edited or only partly restored.',
    ],
    fixes: [
      'Check that the host, port, user, database and TLS settings are correct.',
      `Then enter the ${name} again and save. Until then the saved one is kept but never sent.`,
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
