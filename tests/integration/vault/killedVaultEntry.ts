/**
 * Runs one operation of killedOperations.ts on the vault in the folder given, and kills itself before the n-th call with
 * which the vault writes anything: into the store, inside a transaction or not, or into the keychain. What reads changes
 * nothing, so that these are all the states in which a process can end.
 */
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import { FileKeychain } from '../../support/FileKeychain.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';
import { startVault, type VaultParts } from '../../support/startVault.ts';
import { operations } from './killedOperations.ts';

const [folder = '', name = '', killedAt = '', keychainName = ''] = process.argv.slice(2);
let callsLeft = Number(killedAt);

const writing = new Set([
  ...['write', 'remove'],
  ...['transaction', 'setProtection', 'setLastRotationAt', 'putKeyVersion', 'removeKeyVersion'],
  ...['addLeftover', 'removeLeftover'],
  ...['put', 'removeAll', 'stage', 'switchStaged', 'clearStaged'],
]);

function killing<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (writing.has(String(property))) {
          callsLeft -= 1;
          if (callsLeft === 0) process.kill(process.pid, 'SIGKILL');
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
}

const wrap = ({ keychain, repository, secrets }: VaultParts): VaultParts => ({
  keychain: killing(keychain),
  repository: killing(repository),
  secrets: killing(secrets),
});
const realKeychain = new HelperKeychain({ process: nodeKeychainProcess(), clock });
const keychain = keychainName === 'real' ? realKeychain : new FileKeychain(folder);
const database = Database.open({ folder, clock, logger });
const { vault } = startVault({ database, keychain, clock, logger, wrap });
await operations[name]?.run(vault);
vault.lock();
database.close();
realKeychain.close();
