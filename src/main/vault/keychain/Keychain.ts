/**
 * The operating system's store for small secrets. Accounts belong to the service `Mooring`.
 * Every method rejects with VAULT_UNAVAILABLE when the keychain does not do its work, within a bounded time.
 */
export interface Keychain {
  /** The value, or null when there is none; Linux answers null for a locked keychain too. */
  read(account: string): Promise<string | null>;
  /** Makes the item or replaces it. The value must not be empty and must not contain NUL. */
  write(account: string, value: string): Promise<void>;
  /** Deletes the item. @returns whether there was one; Linux answers false for a locked keychain too */
  remove(account: string): Promise<boolean>;
}
