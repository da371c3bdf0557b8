import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';

/** What helps against a failure to connect. */
export type FailureAction = 'review' | 'accept' | 'unlock' | 'keychain' | 'password' | 'edit' | 'again';

const anyFailure = ['edit', 'again'] as const;

const actionsByCode: Partial<Record<ErrorCode, readonly FailureAction[]>> = {
  PASSWORD_REQUIRED: ['password', ...anyFailure],
  AUTH_FAILED: ['password', ...anyFailure],
  SECRET_TAMPERED: ['password', ...anyFailure],
  VAULT_WRONG_KEY: ['password', ...anyFailure],
  // Asking the keychain ends with trying again.
  VAULT_UNAVAILABLE: ['keychain', 'password', 'edit'],
  VAULT_LOCKED_OR_MISSING_KEY: ['keychain', 'password', 'edit'],
  VAULT_PASSPHRASE_REQUIRED: ['unlock', 'password', 'edit'],
  ADDRESS_UNCONFIRMED: ['again', 'edit'],
  // Nothing but a person's look at it helps.
  DATA_SOURCE_CHANGED: ['review', 'accept'],
};

/** Those that bring a password: all that a data source needs which still works in part. */
const bringsPassword: ReadonlySet<FailureAction> = new Set(['unlock', 'keychain', 'password']);

/** The ways to a password for a data source that works in part and is refused more; none when no password is to blame. */
export function passwordActions(code: ErrorCode, isDemo: boolean): readonly FailureAction[] {
  return failureActions(code, isDemo).filter((action) => bringsPassword.has(action));
}

/**
 * The ways out of a failure, the best one first.
 * @param isDemo the demo's password is the app's own: nobody can type it
 */
export function failureActions(code: ErrorCode, isDemo: boolean): readonly FailureAction[] {
  const actions = actionsByCode[code] ?? anyFailure;
  return isDemo ? actions.filter((action) => action !== 'password') : actions;
}
