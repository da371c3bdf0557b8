import type { AppError } from '../../base/AppError.ts';
import { keychainUnavailable } from '../vaultErrors.ts';

/** Texts of keytar, libsecret and D-Bus, as seen with @github/keytar 7.10.6 and libsecret 0.20. */
const knownFailures: readonly (readonly [RegExp, string])[] = [
  [/locked collection/i, 'The keychain is locked.'],
  [/org\.freedesktop\.secrets/, 'No keychain service is running in this session.'],
  [/name :\d/, 'The keychain service was restarted and is not responding yet.'],
  [/D-?Bus/i, 'This session has no D-Bus message bus, which is needed to reach the keychain.'],
  [/Failed to load keytar/, 'The component of Mooring that accesses the keychain could not be loaded.'],
];

/** What keytar says is kept as the cause for the log; people get what it means. */
export function keychainFailed(failureText: string): AppError {
  const detail =
    knownFailures.find(([pattern]) => pattern.test(failureText))?.[1] ?? 'The keychain rejected the request.';
  return keychainUnavailable(
    detail,
    ['No keychain service is installed or running in this session, or it is locked.'],
    new Error(failureText),
  );
}

export function keychainHangs(): AppError {
  return keychainUnavailable('The keychain is not responding.', [
    'The keychain service is hanging, or is waiting for your input in its own window.',
  ]);
}

/** The helper did not start, ended by itself, or said what it never should. */
export function keychainHelperFailed(cause?: unknown): AppError {
  return keychainUnavailable(
    'The component of Mooring that accesses the keychain has stopped working.',
    ['The computer is out of memory, or another program ended it.'],
    cause,
  );
}

export function keychainClosed(): AppError {
  return keychainUnavailable('Mooring is closing.', []);
}
