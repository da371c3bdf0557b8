import { createDemoSecrets } from '../../../src/main/app/demoSecrets.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { SqliteSecretRepository } from '../../../src/main/store/SqliteSecretRepository.ts';
import { KeyRing } from '../../../src/main/vault/KeyRing.ts';
import { KeytarKeychain } from '../../../src/main/vault/KeytarKeychain.ts';
import { VaultManager } from '../../../src/main/vault/VaultManager.ts';

/** Opens the demo password as the app does: from its own store, with the key in this session's keychain. */
export async function readDemoPassword(userData: string): Promise<string> {
  const database = Database.open({ folder: userData, clock, logger });
  try {
    const secrets = new SqliteSecretRepository(database);
    const keyRing = new KeyRing({ keychain: new KeytarKeychain({ clock }), secrets, clock, logger });
    const vault = new VaultManager({ keyRing, secrets, clock, logger });
    const password = await createDemoSecrets(vault).read();
    if (password === null) throw new Error('The vault holds no demo password');
    return password;
  } finally {
    database.close();
  }
}
