import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';
import { keychainUnavailable } from '../../src/main/vault/vaultErrors.ts';

/** A keychain that forgets with the process. `isLocked` makes it answer as a locked one on Linux does. */
export class MemoryKeychain implements Keychain {
  readonly items = new Map<string, string>();
  isLocked = false;
  readCount = 0;
  writeCount = 0;
  /** Awaited before each answer, so that a test can hold calls back. */
  before: () => Promise<void> = () => Promise.resolve();

  async read(account: string): Promise<string | null> {
    this.readCount += 1;
    await this.before();
    return this.isLocked ? null : (this.items.get(account) ?? null);
  }

  async write(account: string, value: string): Promise<void> {
    this.writeCount += 1;
    await this.before();
    if (this.isLocked) throw keychainUnavailable('The keychain is locked.', []);
    this.items.set(account, value);
  }

  async remove(account: string): Promise<boolean> {
    await this.before();
    return !this.isLocked && this.items.delete(account);
  }
}
