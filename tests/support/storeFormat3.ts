import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { dataSourceSchema } from '../../src/shared/model/dataSource.ts';
import { fieldsOfFlat } from '../../src/shared/model/flatFields.ts';
import { MemoryKeychain } from './MemoryKeychain.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

const savedSchema = z.strictObject({
  keychain: z.array(z.tuple([z.string(), z.string()])),
  sources: z.record(
    z.string(),
    z.strictObject({
      /** As that version had it in memory: flat. */
      dataSource: z.looseObject({ id: z.string(), createdAt: z.number(), updatedAt: z.number() }),
      password: z.string().nullable(),
      /** As that version computed it, in hex. */
      endpointHash: z.string(),
    }),
  ),
});

/**
 * What the last version without engines saved, by that version itself: data sources with every kind of TLS, the demo one,
 * a removed one, one without a signature, one that was changed outside, two that cannot be read, their passwords and login
 * methods. The key is the fixture's own and protects nothing else.
 */
export const format3 = savedSchema.parse(JSON.parse(fixture('storeFormat3.json')));

/** One of them as this version knows it. */
export function savedInFormat3(name: string) {
  const saved = format3.sources[name];
  if (saved === undefined) throw new Error(`The fixture has no ${name}.`);
  const { id, createdAt, updatedAt, ...flat } = saved.dataSource;
  const dataSource = dataSourceSchema.parse({ ...fieldsOfFlat(flat), id, createdAt, updatedAt });
  return { ...saved, dataSource };
}

/** Writes the closed store into a folder. */
export function writeFormat3(folder: string): void {
  const sqlite = new Sqlite(join(folder, 'mooring.db'));
  sqlite.exec(fixture('storeFormat3.sql'));
  sqlite.close();
}

/** A keychain with the key that its passwords are sealed and its rows signed with. */
export function keychainOfFormat3(): MemoryKeychain {
  const keychain = new MemoryKeychain();
  for (const [account, value] of format3.keychain) keychain.items.set(account, value);
  return keychain;
}
