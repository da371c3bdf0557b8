import { onTestFinished } from 'vitest';
import { MemoryKeychain } from './MemoryKeychain.ts';
import { temporaryFolder } from './testStore.ts';
import { WindowlessApp } from './WindowlessApp.ts';

/** An app without a window in this process, with a keychain in memory. */
export class AppUnderTest extends WindowlessApp {
  readonly keychain: MemoryKeychain;
  /** What the window would have been told, oldest first. */
  readonly published: { readonly name: string; readonly payload: unknown }[] = [];

  /** Ended after the running test. */
  constructor(folder = temporaryFolder(), { isLogged = false } = {}) {
    const keychain = new MemoryKeychain();
    super({ folder, keychain, isLogged });
    this.keychain = keychain;
    this.onPublished.on((event) => this.published.push(event));
    onTestFinished(() => this.life.shutdown());
  }
}
