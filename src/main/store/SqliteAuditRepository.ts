import { z } from 'zod';
import { type AuditFilter, auditEntrySchema } from '../../shared/model/audit.ts';
import type { AuditRepository, FoundEntries, StoredAuditEntry, TrailEnd } from '../audit/AuditRepository.ts';
import { auditFilterSql, auditFilterValues } from './auditFilterSql.ts';
import type { Database } from './Database.ts';
import { parseJson } from './parseJson.ts';

/** Entries looked through at once: a few milliseconds. */
const scannedCount = 5_000;

const signatureShape = {
  mac: z.instanceof(Buffer).nullable(),
  mac_key_version: z.number().nullable(),
};
const rowSchema = z.object({
  sequence: z.number(),
  at: z.number(),
  operation: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  details: z.string(),
  hash: z.instanceof(Buffer),
  ...signatureShape,
});
const endSchema = z.object({ sequence: z.number(), hash: z.instanceof(Buffer), ...signatureShape });
const countSchema = z.object({ count: z.int() });
/** The last of the entries that were looked through, and how many they were. */
const scannedSchema = z.object({ edge: z.number().nullable(), count: z.int() });

/**
 * The audit trail in SQLite. A row that cannot be read is neither left out nor an error: it is an entry
 * `audit.unreadable` with its own number and hash. So a page keeps its length, the trail can go on behind it, and the
 * check of the chain says that it is broken there, since no such entry has that hash.
 */
export class SqliteAuditRepository implements AuditRepository {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof statementsOn>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = statementsOn(database);
  }

  last(): StoredAuditEntry | null {
    return entryOrNull(this.#statements.last.get());
  }

  end(): TrailEnd | null {
    const row = this.#statements.end.get();
    if (row === undefined) return null;
    const { sequence, hash, ...signed } = endSchema.parse(row);
    return { sequence, hash, signature: signatureOf(signed) };
  }

  newestOf(operation: string): StoredAuditEntry | null {
    return entryOrNull(this.#statements.newestOf.get(operation));
  }

  add({ signature, ...entry }: StoredAuditEntry, end: TrailEnd): void {
    this.#database.transaction(() => {
      this.#statements.insert.run(
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
      const { mac = null, keyVersion = null } = end.signature ?? {};
      this.#statements.setEnd.run(end.sequence, end.hash, mac, keyVersion);
    });
  }

  oldestFirst(after: number, limit: number): StoredAuditEntry[] {
    return this.#statements.oldestAfter.all(after, limit).map(toEntry);
  }

  findBefore(filter: AuditFilter, before: number | null, limit: number): FoundEntries {
    return this.#find(this.#statements.before, filter, before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  findAfter(filter: AuditFilter, after: number | null, limit: number): FoundEntries {
    return this.#find(this.#statements.after, filter, after ?? Number.MIN_SAFE_INTEGER, limit);
  }

  countBefore(filter: AuditFilter, before: number | null) {
    const from = before ?? Number.MAX_SAFE_INTEGER;
    const { edge, count: scanned } = this.#scanned(this.#statements.before, from);
    if (edge === null) return { count: 0, next: null };
    const row = this.#statements.before.count.get(from, edge, ...auditFilterValues(filter));
    return { ...countSchema.parse(row), next: scanned < scannedCount ? null : edge };
  }

  removeUpTo(sequence: number): number {
    return this.#statements.removeUpTo.run(sequence);
  }

  isInTransaction(): boolean {
    return this.#database.isInTransaction;
  }

  transaction<Value>(work: () => Value): Value {
    return this.#database.transaction(work);
  }

  #find(statements: Direction, filter: AuditFilter, from: number, limit: number): FoundEntries {
    const { edge, count } = this.#scanned(statements, from);
    if (edge === null) return { entries: [], next: null };
    const entries = statements.find.all(from, edge, ...auditFilterValues(filter), limit).map(toEntry);
    // There may be more in what was looked through than one page holds.
    if (entries.length === limit) return { entries, next: entries.at(-1)?.sequence ?? null };
    return { entries, next: count < scannedCount ? null : edge };
  }

  #scanned({ scanned }: Direction, from: number) {
    return scannedSchema.parse(scanned.get(from, scannedCount));
  }
}

type Direction = ReturnType<typeof directionOn>;

/** Statements that go through the entries from one on, down to the oldest or up to the newest. */
function directionOn(database: Database, direction: 'down' | 'up') {
  const [edge, beyond, within, order] =
    direction === 'down' ? ['min', '<', '>=', 'DESC'] : ['max', '>', '<=', 'ASC'];
  const wanted = `FROM audit_entries WHERE sequence ${beyond} ? AND sequence ${within} ? AND ${auditFilterSql}`;
  return {
    scanned: database.prepare(
      `SELECT ${edge}(sequence) AS edge, count(*) AS count FROM
         (SELECT sequence FROM audit_entries WHERE sequence ${beyond} ? ORDER BY sequence ${order} LIMIT ?)`,
    ),
    find: database.prepare(`SELECT * ${wanted} ORDER BY sequence ${order} LIMIT ?`),
    count: database.prepare(`SELECT count(*) AS count ${wanted}`),
  };
}

function statementsOn(database: Database) {
  return {
    insert: database.prepare(
      `INSERT INTO audit_entries
         (sequence, at, operation, subject, outcome, details, hash, mac, mac_key_version)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    setEnd: database.prepare(
      'INSERT OR REPLACE INTO audit_end (id, sequence, hash, mac, mac_key_version) VALUES (1, ?, ?, ?, ?)',
    ),
    end: database.prepare('SELECT * FROM audit_end'),
    last: database.prepare('SELECT * FROM audit_entries ORDER BY sequence DESC LIMIT 1'),
    newestOf: database.prepare(
      `SELECT * FROM audit_entries WHERE operation = ? AND outcome = 'ok' ORDER BY sequence DESC LIMIT 1`,
    ),
    oldestAfter: database.prepare('SELECT * FROM audit_entries WHERE sequence > ? ORDER BY sequence LIMIT ?'),
    removeUpTo: database.prepare('DELETE FROM audit_entries WHERE sequence <= ?'),
    before: directionOn(database, 'down'),
    after: directionOn(database, 'up'),
  };
}

const entryOrNull = (row: unknown): StoredAuditEntry | null => (row === undefined ? null : toEntry(row));

function toEntry(row: unknown): StoredAuditEntry {
  const { hash, mac, mac_key_version, details, ...columns } = rowSchema.parse(row);
  const { sequence, at } = columns;
  const parsed = auditEntrySchema.safeParse({ ...columns, details: parseJson(details) });
  const entry = parsed.success ? parsed.data : { sequence, at, ...unreadable };
  return { ...entry, hash, signature: signatureOf({ mac, mac_key_version }) };
}

function signatureOf({ mac, mac_key_version: keyVersion }: z.infer<z.ZodObject<typeof signatureShape>>) {
  return mac === null || keyVersion === null ? null : { keyVersion, mac };
}

const unreadable = {
  operation: 'audit.unreadable',
  subject: null,
  outcome: 'unreadable',
  details: {},
} as const;
