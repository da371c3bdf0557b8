import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Notice } from '../../../../shared/model/query.ts';
import { isAppError } from '../../../base/AppError.ts';
import type { CopySource, QueryOptions, SqlConnection } from '../../Connection.ts';
import type { EncodedRows } from '../../RowStream.ts';
import type { WriteTarget } from '../../TableWriter.ts';
import { formOf } from './columnForms.ts';
import { insertTexts } from './insertTexts.ts';
import { LoadFile, loadStatement } from './loadFile.ts';
import { errnoOf, rowsRefused } from './refusedRows.ts';

/** LOAD DATA LOCAL is off: on the server, or in this session. */
const notAllowed: ReadonlySet<number> = new Set([1148, 3948, 4166]);
/** Sessions on which it was refused. */
const refusing = new WeakSet<SqlConnection>();

/** Longest INSERT: longer ones are hardly faster, and block longer. */
const maxInsertBytes = 1024 * 1024;
/** Of max_allowed_packet, what a statement leaves free. */
const sparedBytes = 1024;
const packetLimits = new WeakMap<SqlConnection, number>();

/** What a server says beside what it did, and says of no value. */
const harmless: ReadonlySet<string> = new Set(['1287', '1592', '1681', '3719', '3778']);

/** See `TableWriter.load`. */
export async function loadRows(
  connection: SqlConnection,
  target: WriteTarget,
  rows: EncodedRows,
  options: QueryOptions,
): Promise<void> {
  if (rows.starts.length === 0) return;
  if (!refusing.has(connection)) {
    if (await loadFile(connection, target, rows, options)) return;
    refusing.add(connection);
  }
  await insertRows(connection, target, rows, options);
}

/** @returns false where it is not allowed; nothing was loaded then */
async function loadFile(
  connection: SqlConnection,
  target: WriteTarget,
  rows: EncodedRows,
  options: QueryOptions,
): Promise<boolean> {
  const forms = target.columns.map(({ declared }) => formOf(declared));
  const chunks = new LoadFile(rows, forms).chunks();
  const copyFrom: CopySource = async () => chunks.next().value ?? null;
  try {
    const text = loadStatement(target, forms);
    await change(connection, text, rows.starts.length, { ...options, copyFrom });
    return true;
  } catch (error) {
    if (isAppError(error) && notAllowed.has(errnoOf(error) ?? 0)) return false;
    throw error;
  }
}

async function insertRows(
  connection: SqlConnection,
  target: WriteTarget,
  rows: EncodedRows,
  options: QueryOptions,
): Promise<void> {
  const limit = await packetLimit(connection, options);
  const forms = target.columns.map(({ declared }) => formOf(declared));
  let insertedCount = 0;
  for (const text of insertTexts(target, forms, rows, Math.min(limit - sparedBytes, maxInsertBytes))) {
    insertedCount += await change(connection, text, null, options);
    await nextTurn();
  }
  requireCount(insertedCount, rows.starts.length);
}

/**
 * Runs a statement that must change what it says, and nothing else. What LOAD DATA LOCAL cannot load as it is, it changes or
 * leaves out with a warning; an INSERT rounds decimals with a note.
 * @returns how many rows were changed
 */
async function change(
  connection: SqlConnection,
  text: string,
  rowCount: number | null,
  options: QueryOptions & { readonly copyFrom?: CopySource },
): Promise<number> {
  const notices: Notice[] = [];
  const onNotice = (notice: Notice): void => {
    if (!harmless.has(notice.code ?? '')) notices.push(notice);
  };
  const stream = await connection.run({ text }, { ...options, onNotice });
  try {
    await stream.next(1);
    const changedCount = stream.affectedCount ?? 0;
    // Also waits for the warnings, and for what failed after the rows were sent.
    while (await stream.nextResult());
    if (notices.length > 0) throw changedError(notices);
    if (rowCount !== null) requireCount(changedCount, rowCount);
    return changedCount;
  } finally {
    await stream.close();
  }
}

function requireCount(changedCount: number, rowCount: number): void {
  if (changedCount === rowCount) return;
  throw rowsRefused(`${rowCount} rows were sent, and the server took ${changedCount}.`, null);
}

const maxShownNotices = 3;

function changedError(notices: readonly Notice[]) {
  const detail = notices
    .slice(0, maxShownNotices)
    .map(({ message }) => message)
    .join('; ');
  return rowsRefused(detail, notices[0]?.code ?? null);
}

async function packetLimit(connection: SqlConnection, options: QueryOptions): Promise<number> {
  const known = packetLimits.get(connection);
  if (known !== undefined) return known;
  const { rows } = await connection.query({ text: 'SELECT @@SESSION.max_allowed_packet' }, options);
  const limit = Number(rows[0]?.[0] ?? maxInsertBytes);
  packetLimits.set(connection, limit);
  return limit;
}
