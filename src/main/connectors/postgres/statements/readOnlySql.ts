/**
 * What can be seen in the text of a statement before a read-only data source runs it. The server refuses nearly every
 * change by itself; this is about what it allows all the same. A statement that hides its meaning from here (in a
 * function, say) is met by `statementFrame.ts`, or is listed in docs/security.md.
 */
import { AppError } from '../../../base/AppError.ts';
import { firstWord, sqlOutline } from './sqlOutline.ts';

interface Refusal {
  /** Of the outline of a statement. */
  readonly patterns: readonly RegExp[];
  readonly title: string;
  /** Behind the words that the data source is marked read-only. */
  readonly cause: string;
  readonly fix: string;
}

const unmark = 'Remove the read-only mark from the data source if you want this.';

const refusals: readonly Refusal[] = [
  {
    // As long as a transaction has read nothing, the server lets it become one that may write.
    patterns: [
      /^(?:BEGIN|START TRANSACTION|SET TRANSACTION|SET (?:SESSION|LOCAL) TRANSACTION|SET SESSION CHARACTERISTICS)\b.*\bREAD WRITE\b/,
      // Before PostgreSQL 16 a reset made it one too.
      /^(?:SET|RESET) (?:SESSION |LOCAL )?(?:DEFAULT_)?TRANSACTION_READ_ONLY\b/,
    ],
    title: 'A statement cannot make this data source writable',
    cause: 'and the statement asks for a transaction that may write.',
    fix: 'Remove the read-only mark from the data source if you want to write.',
  },
  {
    // There it can have escapes.
    patterns: [/^(?:SET|RESET) (?:SESSION |LOCAL )?(?:U& )?"/],
    title: 'The statement names a setting in quotes',
    cause: 'and a quoted name could be that of the setting that keeps it so.',
    fix: 'Write the name of the setting without quotes.',
  },
  {
    patterns: [/^(?:COPY\b.*(?:\b(?:TO|FROM) PROGRAM\b|\bTO (?:U& )?')|ALTER SYSTEM\b|LOAD\b)/],
    title: 'The statement would change files on the server',
    cause: 'but the server would still run COPY to a file or program, ALTER SYSTEM and LOAD.',
    fix: unmark,
  },
  {
    // Of a table that it makes, EXPLAIN ANALYZE checks no more than the query. The name of an option may be in quotes.
    patterns: [/^EXPLAIN ?(?:ANALY[SZ]E\b|\((?=[^)]*(?:\bANALY[SZ]E\b|"))).*\b(?:CREATE|INTO)\b/],
    title: 'EXPLAIN ANALYZE would run the statement',
    cause: 'and EXPLAIN ANALYZE makes a table, or changes rows, as the statement itself does.',
    fix: 'Use EXPLAIN without ANALYZE, which only shows the plan.',
  },
  {
    // What the server does not count as a change.
    patterns: [
      /^(?:VACUUM|ANALY[SZ]E|REINDEX|CLUSTER|REPACK|CHECKPOINT|LOCK|PREPARE TRANSACTION|(?:COMMIT|ROLLBACK) PREPARED)\b/,
    ],
    title: 'The statement would do maintenance on the server',
    cause: 'but the server would still rewrite, analyse or lock tables, or end a prepared transaction.',
    fix: unmark,
  },
];
/** With which everything begins that is refused. The rest of any other statement, which may be long, is not read. */
const suspects: ReadonlySet<string> = new Set([
  ...['BEGIN', 'START', 'SET', 'RESET', 'COPY', 'ALTER', 'LOAD'],
  ...['VACUUM', 'ANALYZE', 'ANALYSE', 'REINDEX', 'CLUSTER', 'REPACK', 'CHECKPOINT', 'LOCK'],
  ...['PREPARE', 'COMMIT', 'ROLLBACK', 'EXPLAIN'],
]);
const blocksAndProcedures: ReadonlySet<string> = new Set(['DO', 'CALL']);

/** Whether the statement may end its own transaction and begin others: a block of code, or a procedure. */
export function endsTransactions(text: string): boolean {
  return blocksAndProcedures.has(firstWord(text));
}

/**
 * Refuses what a read-only session would run although it is against the mark of the data source.
 * @param hasEscapes whether a backslash in a plain string hides the next character
 * @throws READ_ONLY
 */
export function checkReadOnly(text: string, hasEscapes: boolean): void {
  if (!suspects.has(firstWord(text))) return;
  const outline = sqlOutline(text, hasEscapes);
  const refusal = refusals.find(({ patterns }) => patterns.some((pattern) => pattern.test(outline)));
  if (refusal === undefined) return;
  const { title, cause, fix } = refusal;
  throw new AppError('READ_ONLY', {
    title,
    causes: [`The data source is marked read-only, ${cause}`],
    fixes: [fix],
  });
}
