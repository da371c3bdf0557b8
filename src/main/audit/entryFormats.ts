import type { AuditExportInput } from '../../shared/model/audit.ts';
import type { StoredAuditEntry } from './AuditRepository.ts';

/** How entries are written to a file, one a line. */
export interface EntryFormat {
  /** The first line; null for none. */
  readonly header: string | null;
  readonly line: (entry: StoredAuditEntry) => string;
}

const columns = [
  'sequence',
  'time',
  'at',
  'operation',
  'subject',
  'outcome',
  'details',
  'hash',
  'signature',
  'keyVersion',
] as const;

/** What a file says of an entry: all that its hash covers, and the chain. `time` is `at` for people. */
function fieldsOf(entry: StoredAuditEntry): Record<(typeof columns)[number], unknown> {
  const { sequence, at, operation, subject, outcome, details, hash, signature } = entry;
  return {
    sequence,
    time: timeText(at),
    at,
    operation,
    subject,
    outcome,
    details,
    hash: hash.toString('hex'),
    signature: signature?.mac.toString('hex') ?? null,
    keyVersion: signature?.keyVersion ?? null,
  };
}

/** Null for what no entry of ours has: a time that somebody made up. */
function timeText(at: number): string | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Spreadsheets take these for the beginning of a formula. Nothing that Mooring writes itself begins like that. */
const formula = /^[=+\-@\t\r]/;

function csvCell(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const entryFormats: Record<AuditExportInput['format'], EntryFormat> = {
  csv: {
    header: columns.join(','),
    line: (entry) => {
      const fields = fieldsOf(entry);
      return columns.map((column) => csvCell(fields[column])).join(',');
    },
  },
  jsonl: { header: null, line: (entry) => JSON.stringify(fieldsOf(entry)) },
};
