/**
 * What can be seen in the text of a statement before a read-only data source runs it. The server refuses nearly every
 * change by itself; this is about what it allows all the same. A statement that hides its meaning from here (in a
 * function, say) is met by `statementFrame.ts`, or is listed in docs/security.md.
 */
import { AppError } from '../../../base/AppError.ts';
import { firstWord, sqlOutline } from './sqlOutline.ts';

/** As long as a transaction has read nothing, the server lets it become one that may write. */
const switchesToWriting: readonly RegExp[] = [
  /^(?:BEGIN|START TRANSACTION|SET TRANSACTION|SET (?:SESSION|LOCAL) TRANSACTION|SET SESSION CHARACTERISTICS)\b.*\bREAD WRITE\b/,
  // Before PostgreSQL 16 a reset made it one too.
  /^(?:SET|RESET) (?:SESSION |LOCAL )?(?:DEFAULT_)?TRANSACTION_READ_ONLY\b/,
];
/** The name of a setting in quotes, where it can have escapes. */
const quotedSetting = /^(?:SET|RESET) (?:SESSION |LOCAL )?(?:U& )?"/;
const reachesTheServer = /^(?:COPY\b.*(?:\b(?:TO|FROM) PROGRAM\b|\bTO (?:U& )?')|ALTER SYSTEM\b|LOAD\b)/;
/** What the server does not count as a change: it rewrites and locks tables, or ends what another session has prepared. */
const maintains =
  /^(?:VACUUM|ANALY[SZ]E|REINDEX|CLUSTER|REPACK|CHECKPOINT|LOCK|PREPARE TRANSACTION|(?:COMMIT|ROLLBACK) PREPARED)\b/;
/** With which everything begins that is refused. The rest of any other statement, which may be long, is not read. */
const suspects: ReadonlySet<string> = new Set([
  ...['BEGIN', 'START', 'SET', 'RESET', 'COPY', 'ALTER', 'LOAD'],
  ...['VACUUM', 'ANALYZE', 'ANALYSE', 'REINDEX', 'CLUSTER', 'REPACK', 'CHECKPOINT', 'LOCK'],
  ...['PREPARE', 'COMMIT', 'ROLLBACK'],
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
  if (switchesToWriting.some((pattern) => pattern.test(outline))) {
    throw new AppError('READ_ONLY', {
      title: 'A statement cannot make this data source writable',
      causes: [
        'The data source is marked read-only, and the statement asks for a transaction that may write.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want to write.'],
    });
  }
  if (quotedSetting.test(outline)) {
    throw new AppError('READ_ONLY', {
      title: 'The statement names a setting in quotes',
      causes: [
        'The data source is marked read-only, and a quoted name could be that of the setting that keeps it so.',
      ],
      fixes: ['Write the name of the setting without quotes.'],
    });
  }
  if (reachesTheServer.test(outline)) {
    throw new AppError('READ_ONLY', {
      title: 'The statement would change files on the server',
      causes: [
        'The data source is marked read-only, but the server would still run COPY to a file or program, ALTER SYSTEM and LOAD.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want this.'],
    });
  }
  if (maintains.test(outline)) {
    throw new AppError('READ_ONLY', {
      title: 'The statement would do maintenance on the server',
      causes: [
        'The data source is marked read-only, but the server would still rewrite, analyse or lock tables, or end a prepared transaction.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want this.'],
    });
  }
}
