import type Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { fieldsOfFlatRow } from '../flatRow.ts';
import type { Migration } from '../Migration.ts';

/**
 * What belongs to an engine moves into a part of its own. Digest and signature cover the bytes as they were, and the key
 * to sign the new ones with is not here: `signed_fields` keeps the old bytes until the row is signed again. It is NULL
 * where `fields` itself is what is signed.
 */
const schema = 'ALTER TABLE data_sources ADD COLUMN signed_fields TEXT';

const rowsSchema = z.array(z.object({ rowid: z.number(), fields: z.instanceof(Buffer) }));

/** What has not the shape that format 3 wrote stays as it is, and unreadable. */
function convertRows(sqlite: Sqlite.Database): void {
  const update = sqlite.prepare('UPDATE data_sources SET signed_fields = fields, fields = ? WHERE rowid = ?');
  const rows = sqlite.prepare('SELECT rowid, CAST(fields AS BLOB) AS fields FROM data_sources').all();
  for (const { rowid, fields } of rowsSchema.parse(rows)) {
    const converted = fieldsOfFlatRow(fields);
    if (converted !== null) update.run(converted.toString('utf8'), rowid);
  }
}

export const engines: Migration = {
  version: 4,
  name: '2026_11_28_0002_engines',
  apply(sqlite) {
    sqlite.exec(schema);
    convertRows(sqlite);
  },
};
