import { z } from 'zod';
import { type HistoryEntry, historyEntrySchema } from '../../shared/model/query.ts';
import type {
  FoundHistory,
  HistoryPageInput,
  HistoryRepository,
  NewHistoryEntry,
} from '../query/QueryHistory.ts';
import type { Database, Statement } from './Database.ts';

/** Most entries that are kept, and the bytes of their texts; the oldest go first. */
export interface HistoryLimits {
  readonly entryCount: number;
  readonly textBytes: number;
}

const defaultLimits: HistoryLimits = { entryCount: 10_000, textBytes: 200_000_000 };

/** Longest text in a list, in characters. */
const shownLength = 2_000;
/** Longest error, in UTF-16 units. */
const errorLength = 4_000;

const rowSchema = z.object({
  id: z.int(),
  data_source_id: z.string(),
  data_source_name: z.string(),
  started_at: z.number(),
  duration_ms: z.number(),
  row_count: z.int().nullable(),
  outcome: z.string(),
  error: z.string().nullable(),
  start: z.string(),
  length: z.int(),
});
const totalSchema = z.object({ bytes: z.int(), count: z.int() });
const oldestSchema = z.array(z.object({ id: z.int(), text_bytes: z.int() }));
const scannedSchema = z.object({ lowest: z.int().nullable(), count: z.int() });
const textSchema = z.object({ text: z.string() });

/** The history of statements in SQLite. An entry that cannot be read is left out. */
export class SqliteHistoryRepository implements HistoryRepository {
  readonly #database: Database;
  readonly #limits: HistoryLimits;
  readonly #statements: ReturnType<typeof statementsOn>;
  /** What is kept at present; counted when it is first needed. */
  #total: { bytes: number; count: number } | null = null;

  constructor(database: Database, limits: HistoryLimits = defaultLimits) {
    this.#database = database;
    this.#limits = limits;
    this.#statements = statementsOn(database);
  }

  add(entries: readonly NewHistoryEntry[]): void {
    // Counted anew after a failure, which undoes everything.
    const total = this.#total ?? totalSchema.parse(this.#statements.total.get());
    this.#total = null;
    this.#database.transaction(() => {
      for (const entry of entries) {
        const bytes = Buffer.byteLength(entry.text);
        insert(this.#statements.insert, entry, bytes);
        total.bytes += bytes;
        total.count += 1;
      }
      this.#trim(total);
    });
    this.#total = total;
  }

  find({ search, sourceId, beforeId, limit }: HistoryPageInput, scannedCount: number): FoundHistory {
    const before = beforeId ?? Number.MAX_SAFE_INTEGER;
    const scanned = scannedSchema.parse(this.#statements.scanned.get(before, scannedCount));
    if (scanned.lowest === null) return { entries: [], nextBeforeId: null };
    const patterns = patternsOf(search);
    const rows = this.#statements.find.all(before, scanned.lowest, sourceId, sourceId, ...patterns, limit);
    const entries = rows.flatMap((row) => toEntry(rowSchema.parse(row)) ?? []);
    return { entries, nextBeforeId: scanned.count < scannedCount ? null : scanned.lowest };
  }

  text(id: number): string | null {
    const row = this.#statements.text.get(id);
    return row === undefined ? null : textSchema.parse(row).text;
  }

  clear(): void {
    this.#statements.clear.run();
    this.#total = null;
  }

  #trim(total: { bytes: number; count: number }): void {
    const { entryCount, textBytes } = this.#limits;
    // The newest stays, however long it is.
    const isOver = () => total.count > 1 && (total.count > entryCount || total.bytes > textBytes);
    while (isOver()) {
      for (const { id, text_bytes: bytes } of oldestSchema.parse(this.#statements.oldest.all())) {
        if (!isOver()) return;
        this.#statements.remove.run(id);
        total.bytes -= bytes;
        total.count -= 1;
      }
    }
  }
}

function statementsOn(database: Database) {
  return {
    insert: database.prepare(
      `INSERT INTO query_history
         (data_source_id, data_source_name, started_at, duration_ms, row_count, outcome, text_bytes, error, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    total: database.prepare(
      'SELECT coalesce(sum(text_bytes), 0) AS bytes, count(*) AS count FROM query_history',
    ),
    oldest: database.prepare('SELECT id, text_bytes FROM query_history ORDER BY id LIMIT 100'),
    remove: database.prepare('DELETE FROM query_history WHERE id = ?'),
    scanned: database.prepare(
      `SELECT min(id) AS lowest, count(*) AS count
       FROM (SELECT id FROM query_history WHERE id < ? ORDER BY id DESC LIMIT ?)`,
    ),
    find: database.prepare(
      `SELECT id, data_source_id, data_source_name, started_at, duration_ms, row_count, outcome, error,
         substr(text, 1, ${shownLength}) AS start, length(text) AS length
       FROM query_history
       WHERE id < ? AND id >= ? AND (? IS NULL OR data_source_id = ?)
         AND (text LIKE ? ESCAPE '\\' OR text LIKE ? ESCAPE '\\' OR text LIKE ? ESCAPE '\\')
       ORDER BY id DESC LIMIT ?`,
    ),
    text: database.prepare('SELECT text FROM query_history WHERE id = ?'),
    clear: database.prepare('DELETE FROM query_history'),
  };
}

function insert(statement: Statement, entry: NewHistoryEntry, bytes: number): void {
  statement.run(
    entry.sourceId,
    entry.sourceName,
    entry.startedAt,
    entry.durationMs,
    entry.rowCount,
    entry.outcome,
    bytes,
    entry.error?.slice(0, errorLength) ?? null,
    entry.text,
  );
}

/** SQLite ignores the case of ASCII only; of other letters, whole words in capitals or without any are found too. */
function patternsOf(search: string): readonly string[] {
  const escaped = search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  return [escaped, escaped.toLowerCase(), escaped.toUpperCase()].map((text) => `%${text}%`);
}

function toEntry({ start, length, ...row }: z.infer<typeof rowSchema>): HistoryEntry | null {
  const parsed = historyEntrySchema.safeParse({
    id: row.id,
    sourceId: row.data_source_id,
    sourceName: row.data_source_name,
    text: start,
    isShortened: length > shownLength,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    rowCount: row.row_count,
    outcome: row.outcome,
    error: row.error,
  });
  return parsed.success ? parsed.data : null;
}
