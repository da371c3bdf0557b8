import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';

/** A keychain in a file, which outlives its process: what was written is there at once and whole, or not at all. */
export class FileKeychain implements Keychain {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'keychain.json');
  }

  get items(): Map<string, string> {
    if (!existsSync(this.#path)) return new Map();
    return new Map(Object.entries(JSON.parse(readFileSync(this.#path, 'utf8'))));
  }

  async read(account: string): Promise<string | null> {
    return this.items.get(account) ?? null;
  }

  async write(account: string, value: string): Promise<void> {
    this.#replace(this.items.set(account, value));
  }

  async remove(account: string): Promise<boolean> {
    const items = this.items;
    const wasThere = items.delete(account);
    this.#replace(items);
    return wasThere;
  }

  #replace(items: ReadonlyMap<string, string>): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify(Object.fromEntries(items)));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
