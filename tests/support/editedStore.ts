import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { dataSourceColumns, toDataSourceRow } from '../../src/main/store/dataSourceRow.ts';
import { digestOf, signedContent } from '../../src/main/store/signedRow.ts';

export interface RowEdit {
  /** By JSON path, such as `$.engine.config.host`; values as JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Takes the signature away as well. */
  readonly unsign?: boolean;
}

/** What somebody can do who can write a closed store and knows its format, but has no key: the digest is made to fit. */
export function editClosedStore(folder: string, id: string, { fields, unsign = false }: RowEdit): void {
  const sqlite = new Sqlite(join(folder, 'mooring.db'));
  for (const [path, value] of Object.entries(fields)) {
    sqlite
      .prepare('UPDATE data_sources SET fields = json_set(fields, ?, json(?)) WHERE id = ?')
      .run(path, JSON.stringify(value), id);
  }
  const select = `SELECT ${dataSourceColumns} FROM data_sources WHERE id = ?`;
  const row = toDataSourceRow(sqlite.prepare(select).get(id));
  const digest = digestOf(signedContent(row));
  sqlite.prepare('UPDATE data_sources SET digest = ? WHERE id = ?').run(digest, id);
  if (unsign) {
    sqlite.prepare('UPDATE data_sources SET mac = NULL, mac_key_version = NULL WHERE id = ?').run(id);
  }
  sqlite.close();
}
