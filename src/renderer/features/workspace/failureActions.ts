import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';

/** What helps against a failure to connect, besides trying again and editing. */
export type FailureAction = 'review' | 'accept' | 'unlock' | 'keychain' | 'password';

const actionsByCode: Partial<Record<ErrorCode, readonly FailureAction[]>> = {
  PASSWORD_REQUIRED: ['password'],
  AUTH_FAILED: ['password'],
  SECRET_TAMPERED: ['password'],
  VAULT_WRONG_KEY: ['password'],
  VAULT_UNAVAILABLE: ['keychain', 'password'],
  VAULT_LOCKED_OR_MISSING_KEY: ['keychain', 'password'],
  VAULT_PASSPHRASE_REQUIRED: ['unlock', 'password'],
  DATA_SOURCE_CHANGED: ['review', 'accept'],
};

/**
 * The ways out of a failure, the best one first.
 * @param isDemo the demo's password is the app's own: nobody can type it
 */
export function failureActions(code: ErrorCode, isDemo: boolean): readonly FailureAction[] {
  return (actionsByCode[code] ?? []).filter((action) => !(isDemo && action === 'password'));
}
