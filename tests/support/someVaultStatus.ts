import { defaultAppLockSettings, type VaultStatus } from '../../src/shared/model/vault.ts';

/** A vault in the keychain that is open; override what the test is about. */
export function someVaultStatus(overrides: Partial<VaultStatus> = {}): VaultStatus {
  return {
    mode: 'keychain',
    lock: 'open',
    hasPassphrase: false,
    key: { version: 1, createdAt: 0 },
    lastRotationAt: null,
    retiredKeyCount: 0,
    secretCount: 3,
    rotationDue: false,
    problem: null,
    appLock: defaultAppLockSettings,
    appLocked: false,
    ...overrides,
  };
}
