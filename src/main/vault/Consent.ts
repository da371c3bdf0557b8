import type { Question } from '../base/Question.ts';

/** What a change of the keys takes of the person. */
export interface Consent {
  /** The passphrase there is, typed again; null where there is none, or it is forgotten. */
  readonly passphrase: string | null;
  /** Runs when the passphrase was right, before anything changes: asks the person, makes a backup. @throws CANCELLED */
  confirm(signal: AbortSignal): Promise<void>;
}

/** For a vault without a passphrase, when nothing is lost that a person should be asked about. */
export const noConsentNeeded: Consent = { passphrase: null, confirm: () => Promise.resolve() };

const passwords = (count: number): string =>
  count === 1 ? 'One saved password' : `${count.toLocaleString('en-GB')} saved passwords`;

/** What the vault asks before something is lost for good. */
export const vaultQuestions = {
  toSession: (secretCount: number): Question => ({
    question: 'Remove all saved passwords from disk?',
    detail: `${passwords(secretCount)} will be kept in memory only, until Mooring is closed or locked. After that, each password must be entered again.`,
    confirmLabel: 'Remove from disk',
  }),
  destroyKey: {
    question: 'Destroy the old key?',
    detail: 'Passwords in backups made before now can never be decrypted again.',
    confirmLabel: 'Rotate and destroy',
  } satisfies Question,
  startOver: (secretCount: number): Question => ({
    question: 'Start over with a new key?',
    detail: `${passwords(secretCount)} will be removed. Data sources are kept. Do this only if the key or the passphrase is permanently lost: a backup is made first, but its passwords can be decrypted only with the current key.`,
    confirmLabel: 'Start over',
  }),
};
