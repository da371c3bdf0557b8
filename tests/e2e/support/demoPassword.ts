import { createVault } from '../../../src/main/app/createVault.ts';
import { openStore } from '../../../src/main/app/openStore.ts';
import { ownSecretIn } from '../../../src/main/app/ownSecrets.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { HelperKeychain } from '../../../src/main/vault/keychain/HelperKeychain.ts';
import { nodeKeychainProcess } from '../../support/keychainProcess.ts';

/** Opens the demo password as the app does: from its own store, with the key in this session's keychain. */
export async function readDemoPassword(userData: string): Promise<string> {
  const keychain = new HelperKeychain({ process: nodeKeychainProcess(), clock });
  const store = openStore({ folder: userData, keychain, clock, logger });
  try {
    const { vault } = createVault({ store, ask: async () => false, clock, logger });
    const password = await ownSecretIn(vault, 'demo-passwords').read();
    if (password === null) throw new Error('The vault holds no demo password');
    return password;
  } finally {
    keychain.close();
    store.database.close();
  }
}
