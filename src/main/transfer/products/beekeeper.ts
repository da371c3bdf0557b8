import Database from 'better-sqlite3';
import { beekeeperConnection } from './beekeeperConnection.ts';
import { type Product, readable } from './ForeignFile.ts';
import { type Fields, fieldsOf, folderTree } from './foreignValues.ts';
import { passwordOpener } from './simpleEncryptor.ts';

const magic = Buffer.from('SQLite format 3\0');
/** More than anybody has. */
const maxRows = 5_000;
/** From apps/studio/src/common/encryption_key.ts of Beekeeper Studio: what the key in `.key` is encrypted with. */
const publicKey = '38782F413F442A472D4B6150645367566B59703373367639792442264529482B';

interface Rows {
  readonly connections: readonly Fields[];
  readonly folders: readonly Fields[];
}

/** app.db of Beekeeper Studio. Its passwords are encrypted with the key of that installation, in `.key` beside it. */
export const beekeeper: Product = {
  label: 'Beekeeper Studio',
  async read({ bytes, beside }) {
    if (!bytes.subarray(0, magic.length).equals(magic)) return null;
    const rows = rowsIn(bytes);
    if (rows === null || rows.connections.length === 0) return null;
    const open = await passwordOpener(await beside('.key'), publicKey);
    const folders = folderTree(rows.folders, { id: 'id', name: 'name', parent: 'parentId' });
    return readable(
      await Promise.all(rows.connections.map((row) => beekeeperConnection(row, folders, open))),
    );
  },
};

/** Null for a database of somebody else, or one that is damaged. It is opened from memory: nothing is written beside it. */
function rowsIn(bytes: Buffer): Rows | null {
  let database: Database.Database | null = null;
  try {
    // The header's two bytes about the log of changes: one that was written with it cannot be opened from memory.
    const copy = Buffer.from(bytes);
    copy.fill(1, 18, 20);
    database = new Database(copy, { readonly: true });
    database.pragma('trusted_schema = OFF');
    const connections = rowsOf(database, 'saved_connection');
    return { connections, folders: hasFolders(database) ? rowsOf(database, 'connection_folder') : [] };
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

const rowsOf = (
  database: Database.Database,
  table: 'saved_connection' | 'connection_folder',
): readonly Fields[] => {
  const rows: unknown[] = database.prepare(`SELECT * FROM ${table} LIMIT ${maxRows}`).all();
  return rows.map(fieldsOf);
};

/** Since version 5.6. */
const hasFolders = (database: Database.Database): boolean =>
  database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'connection_folder'")
    .get() !== undefined;
