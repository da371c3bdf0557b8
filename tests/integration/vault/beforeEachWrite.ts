import type { VaultParts } from '../../support/startVault.ts';

const writing = new Set([
  ...['write', 'remove'],
  ...['transaction', 'setProtection', 'setLastRotationAt', 'putKeyVersion', 'removeKeyVersion'],
  ...['addLeftover', 'removeLeftover'],
  ...['put', 'removeAll', 'stage', 'switchStaged', 'clearStaged'],
]);

/**
 * Puts itself between the vault and its ports, and calls before each call with which the vault writes anything: into
 * the store, inside a transaction or not, or into the keychain. What reads changes nothing, so that these are all the
 * states in which a process can end.
 */
export function beforeEachWrite(call: () => void): (parts: VaultParts) => VaultParts {
  const watched = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (writing.has(String(property))) call();
          return Reflect.apply(value, target, args);
        };
      },
    });
  return ({ keychain, repository, secrets }) => ({
    keychain: watched(keychain),
    repository: watched(repository),
    secrets: watched(secrets),
  });
}
