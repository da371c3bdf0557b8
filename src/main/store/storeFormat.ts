import { setImmediate as nextTurn } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Migration } from './Migration.ts';
import { storeCorrupt, storeFileName, storeTooNew } from './storeErrors.ts';

/** `Moor` in ASCII: says in SQLite's header (bytes 68 to 71) whose file it is. */
export const applicationId = 0x4d_6f_6f_72;

/** The `user_version` of a file: the number of the last migration that ran; 0 for a new one. */
export function formatOf(sqlite: Sqlite.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

/** What `PRAGMA integrity_check` found first, or null when pages, indexes and column types are as they should be. */
export function integrityProblem(sqlite: Sqlite.Database): string | null {
  const answer = String(sqlite.pragma('integrity_check(1)', { simple: true }));
  return answer === 'ok' ? null : answer;
}

/** The same table by table, so that nothing has to wait long; leaves out only the list of unused pages. */
export async function integrityProblemInSlices(sqlite: Sqlite.Database): Promise<string | null> {
  const check = sqlite.prepare('SELECT integrity_check AS problem FROM pragma_integrity_check(?)').pluck();
  const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of ['sqlite_schema', ...tables]) {
    const problem = String(check.get(table));
    if (problem !== 'ok') return problem;
    await nextTurn();
  }
  return null;
}

/**
 * Checks that a file is an intact store of ours which this version understands; only reads.
 * @param isNew whether an empty database is what is expected
 * @throws STORE_CORRUPT, STORE_TOO_NEW
 */
export function checkFormat(sqlite: Sqlite.Database, migrations: readonly Migration[], isNew: boolean): void {
  const owner = Number(sqlite.pragma('application_id', { simple: true }));
  const format = formatOf(sqlite);
  if (isUntouched(sqlite, owner, format)) {
    if (!isNew) throw storeCorrupt(`${storeFileName} has lost all of its tables.`);
    return;
  }
  if (owner !== applicationId) throw storeCorrupt(`${storeFileName} was not made by Mooring.`);
  const known = migrations.at(-1)?.version ?? 0;
  if (format > known) throw storeTooNew(format, known);
  const problem = integrityProblem(sqlite);
  if (problem !== null) throw storeCorrupt(`${storeFileName} did not pass its check.`, new Error(problem));
}

function isUntouched(sqlite: Sqlite.Database, owner: number, format: number): boolean {
  if (owner !== 0 || format !== 0) return false;
  return sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
