import Database from 'better-sqlite3';
import {
  type FoundConnection,
  lockedPassword,
  noAuthority,
  noClientCertificate,
  noTunnel,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import { addressOf, engineNames, type Fields, fieldsOf, isOn, textOf, tlsSetting } from './foreignValues.ts';

const magic = Buffer.from('SQLite format 3\0');
/** More than anybody has. */
const maxRows = 5_000;

/** app.db of Beekeeper Studio. Its passwords are encrypted with a key of that installation. */
export const beekeeper: Product = {
  label: 'Beekeeper Studio',
  async read({ bytes }) {
    if (!bytes.subarray(0, magic.length).equals(magic)) return null;
    const rows = rowsIn(bytes);
    return rows === null || rows.length === 0 ? null : readable(rows.map(connectionOf));
  },
};

/** Null for a database of somebody else, or one that is damaged. It is opened from memory: nothing is written beside it. */
function rowsIn(bytes: Buffer): readonly Fields[] | null {
  let database: Database.Database | null = null;
  try {
    // The header's two bytes about the log of changes: one that was written with it cannot be opened from memory.
    const copy = Buffer.from(bytes);
    copy.fill(1, 18, 20);
    database = new Database(copy, { readonly: true });
    database.pragma('trusted_schema = OFF');
    const rows: unknown[] = database.prepare(`SELECT * FROM saved_connection LIMIT ${maxRows}`).all();
    return rows.map(fieldsOf);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

function connectionOf(row: Fields): FoundConnection {
  const name = textOf(row, 'name');
  const engine = engineNames[textOf(row, 'connectionType')];
  if (engine === undefined) return { name, problem: otherDatabase };
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(row, 'username'),
      host: textOf(row, 'host'),
      port: textOf(row, 'port'),
      database: textOf(row, 'defaultDatabase'),
      settings: isOn(row, 'ssl') ? tlsSetting(engine, isOn(row, 'sslRejectUnauthorized')) : {},
    }),
    isReadOnly: isOn(row, 'readOnlyMode'),
    lost: [
      ...(textOf(row, 'password') === '' ? [] : [lockedPassword]),
      ...(isOn(row, 'sshEnabled') ? [noTunnel] : []),
      ...(isOn(row, 'socketPathEnabled') ? ['Its local socket was not taken over.'] : []),
      ...(textOf(row, 'sslCertFile') === '' ? [] : [noClientCertificate]),
      ...(textOf(row, 'sslCaFile') === '' ? [] : [noAuthority]),
    ],
  };
}
