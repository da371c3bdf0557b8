/**
 * What can be seen in the text of a statement before a read-only data source runs it. The server refuses changes of rows
 * and tables by itself (`SET SESSION TRANSACTION READ ONLY`); this is about what it lets through all the same: files on
 * the server, accounts and settings of the server, locks, and the way out of being read-only.
 *
 * Not seen here: what a procedure does after it has ended the transaction, and the text of a prepared statement that is
 * put together at run time. After each statement the session is made read-only again, and a session in which a
 * transaction that may write is open is dropped; what such a procedure has committed by itself stays. docs/security.md
 * says so. Privileges of the database user are the only protection that nothing gets around.
 */
import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';
import { AppError } from '../../../base/AppError.ts';
import { sessionStatus } from '../protocol/capabilities.ts';
import { firstWord, sqlOutline } from './sqlOutline.ts';

const switchesToWriting: readonly RegExp[] = [
  /\bREAD WRITE\b/,
  /^SET\b.*\b(?:TRANSACTION_READ_ONLY|TX_READ_ONLY|SQL_LOG_BIN|PSEUDO_THREAD_ID|SESSION_TRACK_\w+)\b/,
];

const reachesTheServer: readonly RegExp[] = [
  /\bINTO (?:OUTFILE|DUMPFILE)\b/,
  /^SET\b.*(?:\b(?:GLOBAL|PERSIST|PERSIST_ONLY|PASSWORD|DEFAULT ROLE)\b)/,
  /^SET RESOURCE\b/,
  /^(?:FLUSH|RESET|PURGE|KILL|SHUTDOWN|RESTART|CHANGE|START (?:SLAVE|REPLICA|ALL|GROUP_REPLICATION)|STOP|INSTALL|UNINSTALL|BINLOG|LOCK|CLONE|BACKUP|GRANT|REVOKE|CACHE|IMPORT|HANDLER|XA|LOAD)\b/,
  /^(?:CREATE|ALTER|DROP|RENAME) (?:OR REPLACE )?(?:USER|ROLE|SERVER|TABLESPACE|LOGFILE|RESOURCE|INSTANCE|UNDO)\b/,
  /^ALTER INSTANCE\b/,
];

/** Statements that only run another one, whose text is in them. */
const wrapped =
  /^(?:EXECUTE IMMEDIATE|PREPARE \S+ FROM|EXPLAIN ANALYZE|ANALYZE(?: FORMAT \S+)?|SET STATEMENT .* FOR) /;

/** A longer statement is read only where it may hold what is refused: that takes a while. */
const longLength = 64 * 1024;
const suspiciousWord = /write|outfile|dumpfile/i;
/** A statement that begins with one of these is refused for nothing else. */
const harmless: ReadonlySet<string> = new Set([
  ...[
    'SELECT',
    'INSERT',
    'UPDATE',
    'DELETE',
    'REPLACE',
    'VALUES',
    'TABLE',
    'WITH',
    'CALL',
    'SHOW',
    'DESCRIBE',
  ],
]);

function isHarmless(text: string): boolean {
  return text.length > longLength && harmless.has(firstWord(text)) && !suspiciousWord.test(text);
}

/**
 * Refuses what a read-only session would run although it is against the mark of the data source.
 * @param modes how the session reads quotes and backslashes
 * @throws READ_ONLY
 */
export function checkReadOnly(text: string, modes: LexicalModes): void {
  if (isHarmless(text)) return;
  const outline = sqlOutline(text, modes);
  const inner = [outline, outline.replace(wrapped, '')];
  // In a block or a prepared text, any of its parts may be what is refused.
  const texts = [...inner, ...preparedTexts(text, outline, modes)];
  if (texts.some((part) => switchesToWriting.some((pattern) => pattern.test(part)))) {
    throw new AppError('READ_ONLY', {
      title: 'A statement cannot make this data source writable',
      causes: [
        'The data source is marked read-only, and the statement asks for a transaction that may write.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want to write.'],
    });
  }
  if (texts.some((part) => reachesTheServer.some((pattern) => pattern.test(part)))) {
    throw new AppError('READ_ONLY', {
      title: 'The statement would change the server',
      causes: [
        'The data source is marked read-only, but the server would still write files, take locks, or change its settings, accounts or other sessions.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want this.'],
    });
  }
}

const runsText = /^(?:EXECUTE IMMEDIATE|PREPARE) /;
const escaped = /'((?:[^'\\]|\\.|'')*)'|"((?:[^"\\]|\\.|"")*)"/gs;
const plain = /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/gs;

/** The statements that stand as strings in one that runs them. */
function preparedTexts(text: string, outline: string, modes: LexicalModes): readonly string[] {
  if (!runsText.test(outline)) return [];
  return [...text.matchAll(modes.backslashEscapes ? escaped : plain)].map(([, single, double]) =>
    sqlOutline(single ?? double ?? '', modes),
  );
}

/** Whether a transaction is open in a session that may write. */
export function leavesReadOnly(status: number): boolean {
  return (status & sessionStatus.inTransaction) !== 0 && (status & sessionStatus.readOnlyTransaction) === 0;
}
