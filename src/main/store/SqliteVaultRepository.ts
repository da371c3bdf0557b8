import { z } from 'zod';
import { vaultModeSchema } from '../../shared/model/vault.ts';
import type { KeyVersionRecord, Protection, VaultRepository } from '../vault/VaultRepository.ts';
import type { Database, Statement } from './Database.ts';
import { storeCorrupt, storeFileName } from './storeErrors.ts';

/** SQLite has no truth values. */
const flagSchema = z.union([z.literal(0), z.literal(1)]).transform((flag) => flag === 1);

const vaultSchema = z.object({
  vault_id: z.uuid(),
  mode: vaultModeSchema.nullable(),
  has_passphrase: flagSchema,
  last_rotation_at: z.number().nullable(),
  highest_key_version: z.int().min(0),
});

const keyVersionSchema = z
  .object({
    version: z.int().positive(),
    state: z.enum(['next', 'active', 'retired']),
    check_value: z.instanceof(Buffer),
    created_at: z.number(),
    retired_at: z.number().nullable(),
    home: z.enum(['keychain', 'file']),
    item_number: z.int(),
    is_wrapped: flagSchema,
    wrapped: z.instanceof(Buffer).nullable(),
  })
  .refine((row) => (row.home === 'file') === (row.wrapped !== null))
  .refine((row) => row.home !== 'file' || row.is_wrapped)
  .transform(
    (row): KeyVersionRecord => ({
      version: row.version,
      state: row.state,
      check: row.check_value,
      createdAt: row.created_at,
      retiredAt: row.retired_at,
      home: row.home,
      itemNumber: row.item_number,
      isWrapped: row.is_wrapped,
      wrapped: row.wrapped,
    }),
  );

const activeSchema = z.object({ version: z.number() });
const accountSchema = z.object({ account: z.string() });

/** The vault's own records in SQLite. One that does not parse is STORE_CORRUPT: nothing is guessed about keys. */
export class SqliteVaultRepository implements VaultRepository {
  readonly #database: Database;
  readonly #vaultId: string;
  readonly #selectVault: Statement;
  readonly #updateProtection: Statement;
  readonly #updateRotation: Statement;
  readonly #selectKeyVersions: Statement;
  readonly #selectActive: Statement;
  readonly #upsertKeyVersion: Statement;
  readonly #raiseHighest: Statement;
  readonly #deleteKeyVersion: Statement;
  readonly #selectLeftovers: Statement;
  readonly #insertLeftover: Statement;
  readonly #deleteLeftover: Statement;

  /** @throws STORE_CORRUPT when the file has lost the vault's id */
  constructor(database: Database) {
    this.#database = database;
    this.#selectVault = database.prepare('SELECT * FROM vault');
    this.#updateProtection = database.prepare('UPDATE vault SET mode = ?, has_passphrase = ?');
    this.#updateRotation = database.prepare('UPDATE vault SET last_rotation_at = ?');
    this.#selectKeyVersions = database.prepare('SELECT * FROM vault_keys ORDER BY version');
    this.#selectActive = database.prepare("SELECT version FROM vault_keys WHERE state = 'active'");
    this.#upsertKeyVersion = database.prepare(
      `INSERT INTO vault_keys
         (version, state, check_value, created_at, retired_at, home, item_number, is_wrapped, wrapped)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (version) DO UPDATE SET
         state = excluded.state, check_value = excluded.check_value, created_at = excluded.created_at,
         retired_at = excluded.retired_at, home = excluded.home, item_number = excluded.item_number,
         is_wrapped = excluded.is_wrapped, wrapped = excluded.wrapped`,
    );
    this.#raiseHighest = database.prepare(
      'UPDATE vault SET highest_key_version = max(highest_key_version, ?)',
    );
    this.#deleteKeyVersion = database.prepare('DELETE FROM vault_keys WHERE version = ?');
    this.#selectLeftovers = database.prepare('SELECT account FROM keychain_leftovers ORDER BY account');
    this.#insertLeftover = database.prepare('INSERT OR IGNORE INTO keychain_leftovers (account) VALUES (?)');
    this.#deleteLeftover = database.prepare('DELETE FROM keychain_leftovers WHERE account = ?');
    this.#vaultId = this.#row().vault_id;
  }

  vaultId(): string {
    return this.#vaultId;
  }

  protection(): Protection {
    const row = this.#row();
    return { mode: row.mode, hasPassphrase: row.has_passphrase };
  }

  setProtection({ mode, hasPassphrase }: Protection): void {
    this.#updateProtection.run(mode, Number(hasPassphrase));
  }

  lastRotationAt(): number | null {
    return this.#row().last_rotation_at;
  }

  setLastRotationAt(at: number): void {
    this.#updateRotation.run(at);
  }

  keyVersions(): KeyVersionRecord[] {
    const parsed = z.array(keyVersionSchema).safeParse(this.#selectKeyVersions.all());
    if (parsed.success) return parsed.data;
    throw storeCorrupt(`The list of the vault’s keys in ${storeFileName} is damaged.`, parsed.error);
  }

  activeKeyVersion(): number | null {
    const row = this.#selectActive.get();
    return row === undefined ? null : activeSchema.parse(row).version;
  }

  highestKeyVersion(): number {
    return this.#row().highest_key_version;
  }

  putKeyVersion(record: KeyVersionRecord): void {
    this.transaction(() => {
      this.#upsertKeyVersion.run(
        record.version,
        record.state,
        record.check,
        record.createdAt,
        record.retiredAt,
        record.home,
        record.itemNumber,
        Number(record.isWrapped),
        record.wrapped,
      );
      this.#raiseHighest.run(record.version);
    });
  }

  removeKeyVersion(version: number): void {
    this.#deleteKeyVersion.run(version);
  }

  leftovers(): string[] {
    return z
      .array(accountSchema)
      .parse(this.#selectLeftovers.all())
      .map(({ account }) => account);
  }

  addLeftover(account: string): void {
    this.#insertLeftover.run(account);
  }

  removeLeftover(account: string): void {
    this.#deleteLeftover.run(account);
  }

  transaction<Value>(work: () => Value): Value {
    return this.#database.transaction(work);
  }

  #row(): z.output<typeof vaultSchema> {
    const rows = z.tuple([vaultSchema]).safeParse(this.#selectVault.all());
    if (rows.success) return rows.data[0];
    throw storeCorrupt(`What ${storeFileName} says about its vault is damaged.`, rows.error);
  }
}
