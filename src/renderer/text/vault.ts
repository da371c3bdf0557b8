import type { VaultMode, VaultProgress } from '../../shared/model/vault.ts';
import { formatCount, formatDuration, plural } from '../lib/format.ts';

interface ModeWords {
  readonly label: string;
  /** What it means, for who chooses. */
  readonly message: string;
  /** What going there does. */
  readonly consequence: string;
}

const modes: Record<VaultMode, ModeWords> = {
  keychain: {
    label: 'Keychain of this computer',
    message:
      'The key is kept by the system, which unlocks it when you log in. Nothing to remember, nothing to type.',
    consequence:
      'The key goes into the keychain. Programs that run as you can ask an unlocked keychain for it, as for everything in it.',
  },
  passphrase: {
    label: 'Passphrase',
    message: 'The key is in Mooring’s own file, wrapped by a passphrase that you type when it is needed.',
    consequence:
      'The key is wrapped by the passphrase and kept in Mooring’s file only. Mooring asks for it after each start. It leaves the keychain, without which backups made before give back data sources, but not their passwords.',
  },
  session: {
    label: 'This session only',
    message: 'Nothing secret is saved. Passwords stay in memory until Mooring ends or is locked.',
    consequence:
      'Saved passwords are taken off the disk. They work until Mooring ends; then you type each one again.',
  },
};

const steps: Record<VaultProgress['step'], string> = {
  key: 'Making the new key',
  seal: 'Sealing passwords',
  verify: 'Checking that each one opens',
  switch: 'Changing over',
  clean: 'Clearing up',
};

const strength = ['Very easy to guess', 'Easy to guess', 'Could be stronger', 'Strong', 'Very strong'];

export const vaultText = {
  modes,
  passphrase: 'Passphrase',
  currentPassphrase: 'Current passphrase',
  showPassphrase: 'Show what was typed',
  hidePassphrase: 'Hide what was typed',
  capsLock: 'Caps Lock is on.',
  waitSeconds: (seconds: number) => `The next try is possible in ${seconds} s.`,

  lockScreen: 'Locked. Type your passphrase to go on.',
  forgotten: {
    question: 'Passphrase forgotten?',
    answer:
      'It cannot be recovered, and without it nobody can open the passwords saved here. To begin anew, quit Mooring and move mooring.db and mooring.db.created out of its data folder. What you exported before can be imported again.',
    folder: (path: string) => `The data folder is ${path}`,
  },
  lockedNow: 'The vault is locked. The passphrase is asked for when a saved password is needed.',

  unlock: {
    title: 'Unlock your passwords',
    message: 'The key to your saved passwords is wrapped by your passphrase.',
    confirm: 'Unlock',
  },

  newPassphrase: {
    first: 'New passphrase',
    second: 'The same again',
    hint: 'At least 8 characters. Several unrelated words are easy to remember and hard to guess.',
    differs: 'This is not the same as above.',
    meter: 'Strength of the passphrase',
    strength: (score: number) => strength[score] ?? '',
    weak: 'Somebody with a copy of the file can try many passphrases. You may use this one all the same.',
    untested: 'Not rated',
    lost: 'A passphrase cannot be recovered. Without it nobody can open what it protects, you included.',
  },

  chooseMode: {
    title: 'Where should the key to your passwords be?',
    tryKeychain: 'Try the keychain again',
    usePassphrase: 'Use this passphrase',
    useSession: 'Keep for this session',
    label: 'Where the key is',
  },

  changeMode: {
    title: 'Where the key to your passwords is',
    current: 'now',
    confirm: 'Change',
  },

  changePassphrase: {
    title: 'Change the passphrase',
    confirm: 'Change',
  },
  addPassphrase: {
    title: 'Add a passphrase',
    message:
      'The key stays in the keychain and is wrapped by the passphrase as well. Mooring asks for it after each start, and can be locked with it.',
    confirm: 'Add',
  },
  removePassphrase: {
    title: 'Remove the passphrase',
    message: 'The key stays in the keychain, without a passphrase around it. The app lock is turned off.',
    confirm: 'Remove',
  },

  rotate: {
    title: 'Rotate the key',
    message:
      'A new key is made, every saved password is sealed with it and checked, and only then is the old key retired. If the computer stops in between, nothing is lost.',
    kept: 'The old key is kept for 30 days, so that backups made before can be opened.',
    destroy: 'Destroy the old key at once',
    destroyHint:
      'For when somebody may have it. Passwords in backups made before now can then never be opened again.',
    confirm: 'Rotate',
    done: (version: number, count: number, durationMs: number) =>
      `Key version ${version} is in use. ${plural(count, 'password was', 'passwords were')} sealed anew in ${formatDuration(durationMs)}.`,
    keptSecrets: (count: number) =>
      count === 1
        ? 'One password does not open, and did not before. It stays as it is, with its old key: type it again in its data source.'
        : `${formatCount(count)} passwords do not open, and did not before. They stay as they are, with their old key: type them again in their data sources.`,
  },

  startOver: {
    title: 'Start over with a new key',
    message:
      'All saved passwords and their key are removed. This takes the passphrase, because the vault is open.',
    confirm: 'Start over…',
  },

  weakenAppLock: {
    title: 'Change the app lock',
    message: 'This makes the app lock weaker, so it takes the passphrase.',
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
