/**
 * Rotates the keys of the vault in the folder given, destroys the old ones, and kills itself at the n-th moment right
 * before or right after a change of the keychain.
 */
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import type { Keychain } from '../../../src/main/vault/keychain/Keychain.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';
import { startVault } from '../../support/startVault.ts';
import { rotateAndDestroy } from './killedOperations.ts';

const [folder = '', killedAt = ''] = process.argv.slice(2);
let momentsLeft = Number(killedAt);

function killWhenDue(): void {
  momentsLeft -= 1;
  if (momentsLeft === 0) process.kill(process.pid, 'SIGKILL');
}

async function amidKills<Value>(change: () => Promise<Value>): Promise<Value> {
  killWhenDue();
  const value = await change();
  killWhenDue();
  return value;
}

const realKeychain = new HelperKeychain({ process: nodeKeychainProcess(), clock });
const keychain: Keychain = {
  read: (account) => realKeychain.read(account),
  write: (account, value) => amidKills(() => realKeychain.write(account, value)),
  remove: (account) => amidKills(() => realKeychain.remove(account)),
};
const database = Database.open({ folder, clock, logger });
const { vault } = startVault({ database, keychain, clock, logger });
await rotateAndDestroy.run(vault);
vault.lock();
database.close();
realKeychain.close();
