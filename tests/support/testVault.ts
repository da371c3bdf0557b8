import { silentLogger } from '../../src/main/observability/Logger.ts';
import { FakeClock } from './FakeClock.ts';
import { MemoryKeychain } from './MemoryKeychain.ts';
import { type StartVaultOptions, startVault } from './startVault.ts';
import { openTestStore } from './testStore.ts';

/** A vault over a fresh store and a keychain in memory, with a clock of the test's. */
export function openTestVault(overrides: Partial<StartVaultOptions> = {}) {
  const keychain = new MemoryKeychain();
  const clock = new FakeClock();
  const options = { database: openTestStore(), keychain, clock, logger: silentLogger, ...overrides };
  /** As after a new start of the app: nothing in memory. */
  const restart = () => startVault(options);
  return { ...restart(), database: options.database, keychain, clock, restart };
}
