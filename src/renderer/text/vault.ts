import type { VaultMode, VaultProgress } from '../../shared/model/vault.ts';
import { formatCount, formatDuration, plural } from '../lib/format.ts';

interface ModeWords {
  readonly label: string;
  /** Describes the mode before it is selected. */
  readonly message: string;
  /** Describes what switching to the mode does. */
  readonly consequence: string;
}

const modes: Record<VaultMode, ModeWords> = {
  keychain: {
    label: 'This computer’s keychain',
    message:
      'The operating system keeps the key and unlocks it when you log in. There is nothing to remember or enter.',
    consequence:
      'The key is moved to the keychain. Programs running under your account can read it from an unlocked keychain, like any other item.',
  },
  passphrase: {
    label: 'Passphrase',
    message: 'The key is in Mooring’s data file, protected by a passphrase that you enter when it is needed.',
    consequence:
      'The key is removed from the keychain and kept only in Mooring’s data file, protected by the passphrase. Mooring asks for the passphrase after each start. Existing backups will restore data sources, but not their passwords.',
  },
  session: {
    label: 'This session only',
    message: 'Passwords are not saved. They are kept in memory until you quit or lock Mooring.',
    consequence:
      'Saved passwords are removed from the disk. They work until you quit Mooring. After that, enter each one again.',
  },
};

const steps: Record<VaultProgress['step'], string> = {
  key: 'Creating the new key',
  seal: 'Encrypting passwords',
  verify: 'Verifying passwords',
  switch: 'Switching over',
  clean: 'Cleaning up',
};

const strength = ['Very easy to guess', 'Easy to guess', 'Could be stronger', 'Strong', 'Very strong'];

export const vaultText = {
  modes,
  passphrase: 'Passphrase',
  currentPassphrase: 'Current passphrase',
  showPassphrase: 'Show passphrase',
  hidePassphrase: 'Hide passphrase',
  capsLock: 'Caps Lock is on.',
  waitSeconds: (seconds: number) => `Try again in ${seconds} s.`,

  lockScreen: 'Locked. Enter your passphrase to continue.',
  forgotten: {
    question: 'Forgot passphrase?',
    answer:
      'A forgotten passphrase cannot be recovered. Without it, nobody can decrypt the passwords saved here. To start over, quit Mooring and move mooring.db and mooring.db.created out of its data folder. You can then import anything you have exported.',
    folder: (path: string) => `Data folder: ${path}`,
  },
  lockedNow: 'The vault is locked. Mooring will ask for the passphrase when a saved password is needed.',

  unlock: {
    title: 'Unlock vault',
    message: 'The key to your saved passwords is protected by your passphrase.',
    confirm: 'Unlock',
  },

  newPassphrase: {
    first: 'New passphrase',
    second: 'Repeat passphrase',
    hint: 'At least 8 characters. Several unrelated words are easy to remember and hard to guess.',
    differs: 'The passphrases do not match.',
    meter: 'Passphrase strength',
    strength: (score: number) => strength[score] ?? '',
    weak: 'Anyone with a copy of the file can try many passphrases. You can still use this one.',
    untested: 'Not rated',
    lost: 'A forgotten passphrase cannot be recovered. Without it, nobody can decrypt what it protects, not even you.',
  },

  chooseMode: {
    title: 'Choose key storage',
    tryKeychain: 'Try the keychain again',
    usePassphrase: 'Use this passphrase',
    useSession: 'Keep for this session',
    label: 'Key storage',
  },

  changeMode: {
    title: 'Change key storage',
    current: 'now',
    confirm: 'Change',
  },

  changePassphrase: {
    title: 'Change passphrase',
    confirm: 'Change',
  },
  addPassphrase: {
    title: 'Add passphrase',
    message:
      'The key stays in the keychain and is also protected by the passphrase. Mooring asks for the passphrase after each start and can be locked with it.',
    confirm: 'Add',
  },
  removePassphrase: {
    title: 'Remove passphrase',
    message:
      'The key stays in the keychain but is no longer protected by a passphrase. The app lock is turned off.',
    confirm: 'Remove',
  },

  rotate: {
    title: 'Rotate key',
    message:
      'Mooring creates a new key, encrypts every saved password with it, verifies each one and only then retires the old key. Nothing is lost if the computer stops during the rotation.',
    kept: 'The old key is kept for 30 days, so that passwords in existing backups can be decrypted.',
    destroy: 'Destroy the old key immediately',
    destroyHint:
      'Use this if someone else may have the key. Passwords in existing backups can then never be decrypted.',
    confirm: 'Rotate',
    done: (version: number, count: number, durationMs: number) =>
      `Key version ${version} is in use. ${plural(count, 'password was', 'passwords were')} re-encrypted in ${formatDuration(durationMs)}.`,
    keptSecrets: (count: number) =>
      count === 1
        ? '1 password could not be decrypted, as before the rotation. It is unchanged, and its old key is kept. Enter it again in its data source.'
        : `${formatCount(count)} passwords could not be decrypted, as before the rotation. They are unchanged, and their old key is kept. Enter them again in their data sources.`,
  },

  startOver: {
    title: 'Start over with a new key',
    message:
      'All saved passwords and their key are deleted. Enter the passphrase, because the vault is unlocked.',
    confirm: 'Start over…',
  },

  weakenAppLock: {
    title: 'Change app lock',
    message: 'This change weakens the app lock. Enter the passphrase to continue.',
    confirm: 'Change',
  },

  progress: {
    label: 'Progress',
    step: (progress: VaultProgress) =>
      progress.totalCount > 0
        ? `${steps[progress.step]}: ${formatCount(progress.doneCount)} of ${formatCount(progress.totalCount)}`
        : `${steps[progress.step]}…`,
    begin: 'Starting…',
    cancelling: 'Cancelling…',
  },
};
