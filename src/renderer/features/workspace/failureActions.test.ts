import { describe, expect, it } from 'vitest';
import { failureActions, passwordActions } from './failureActions.ts';

describe('the ways out of a failure to connect', () => {
  it('put the keychain or the passphrase before typing the password', () => {
    expect(failureActions('VAULT_LOCKED_OR_MISSING_KEY', false)).toEqual(['keychain', 'password', 'edit']);
    expect(failureActions('VAULT_PASSPHRASE_REQUIRED', false)).toEqual(['unlock', 'password', 'edit']);
  });

  it('do not offer to type a password, or to try again, where a person must look at the settings first', () => {
    expect(failureActions('DATA_SOURCE_CHANGED', false)).toEqual(['review', 'accept']);
  });

  it('do not ask a person for the password of the demo, which the app has made', () => {
    expect(failureActions('AUTH_FAILED', true)).toEqual(['edit', 'again']);
  });

  it('are the ways to a password, and nothing else, while connections still work', () => {
    expect(passwordActions('AUTH_FAILED', false)).toEqual(['password']);
    expect(passwordActions('VAULT_PASSPHRASE_REQUIRED', false)).toEqual(['unlock', 'password']);
    expect(passwordActions('TOO_MANY_CONNECTIONS', false)).toEqual([]);
  });

  it('are the settings and another attempt when no password is to blame', () => {
    expect(failureActions('CONNECTION_REFUSED', false)).toEqual(['edit', 'again']);
  });
});
