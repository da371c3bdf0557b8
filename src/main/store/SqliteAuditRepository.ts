import { z } from 'zod';
import { auditEntrySchema } from '../../shared/model/audit.ts';
import type { AuditRepository, StoredAuditEntry } from '../audit/AuditRepository.ts';
import type { Database, Statement } from './Database.ts';
import { parseJson } from './parseJson.ts';

const rowSchema = z.object({
  sequence: z.number(),
  at: z.number(),
  operation: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  details: z.string(),
  hash: z.instanceof(Buffer),
  mac: z.instanceof(Buffer).nullable(),
  mac_key_version: z.number().nullable(),
});
const countSchema = z.object({ count: z.int() });

/**
 * The audit trail in SQLite. A row that cannot be read is neither left out nor an error: it is an entry
 * `audit.unreadable` with its own number and hash. So a page keeps its length, the trail can go on behind it, and the
 * check of the chain says that it is broken there, since no such entry has that hash.
 */
export class SqliteAuditRepository implements AuditRepository {
  readonly #database: Database;
  readonly #insert: Statement;
  readonly #newest: Statement;
  readonly #newestBefore: Statement;
  readonly #oldestAfter: Statement;
  readonly #count: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO audit_entries
         (sequence, at, operation, subject, outcome, details, hash, mac, mac_key_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#newest = database.prepare('SELECT * FROM audit_entries ORDER BY sequence DESC LIMIT ?');
    this.#newestBefore = database.prepare(
      'SELECT * FROM audit_entries WHERE sequence < ? ORDER BY sequence DESC LIMIT ?',
    );
    this.#oldestAfter = database.prepare(
      'SELECT * FROM audit_entries WHERE sequence > ? ORDER BY sequence LIMIT ?',
    );
    this.#count = database.prepare('SELECT count(*) AS count FROM audit_entries');
  }

  last(): StoredAuditEntry | null {
    return this.newestFirst(null, 1)[0] ?? null;
  }

  add({ signature, ...entry }: StoredAuditEntry): void {
    this.#insert.run(
      entry.sequence,
      entry.at,
      entry.operation,
      entry.subject,
      entry.outcome,
      JSON.stringify(entry.details),
      entry.hash,
      signature?.mac ?? null,
      signature?.keyVersion ?? null,
    );
  }

  newestFirst(before: number | null, limit: number): StoredAuditEntry[] {
    const rows = before === null ? this.#newest.all(limit) : this.#newestBefore.all(before, limit);
    return rows.map(toEntry);
  }

  oldestFirst(after: number, limit: number): StoredAuditEntry[] {
    return this.#oldestAfter.all(after, limit).map(toEntry);
  }

  count(): number {
    return countSchema.parse(this.#count.get()).count;
  }

  isInTransaction(): boolean {
    return this.#database.isInTransaction;
  }
}

function toEntry(row: unknown): StoredAuditEntry {
  const { hash, mac, mac_key_version: keyVersion, details, ...columns } = rowSchema.parse(row);
  const { sequence, at } = columns;
  const parsed = auditEntrySchema.safeParse({ ...columns, details: parseJson(details) });
  const entry = parsed.success ? parsed.data : { sequence, at, ...unreadable };
  return { ...entry, hash, signature: mac === null || keyVersion === null ? null : { keyVersion, mac } };
}

const unreadable = {
  operation: 'audit.unreadable',
  subject: null,
  outcome: 'unreadable',
  details: {},
} as const;
