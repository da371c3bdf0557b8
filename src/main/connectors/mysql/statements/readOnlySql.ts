/**
 * What can be seen in the text of a statement before a read-only data source runs it. The server refuses changes of rows
 * and tables by itself (`SET SESSION TRANSACTION READ ONLY`); this is about what it lets through all the same: files on
 * the server, accounts and settings of the server, locks, and the way out of being read-only.
 *
 * Not seen here: what a procedure does after it has ended the transaction. After each statement the session is made
 * read-only again, and a session in which a transaction that may write is open is dropped; what such a procedure has
 * committed by itself stays. docs/security.md says so. Privileges of the database user are the only protection that
 * nothing gets around.
 */
import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';
import { AppError } from '../../../base/AppError.ts';
import { sessionStatus } from '../protocol/capabilities.ts';
import { firstWord, readingsOf, sqlOutline, stringValues } from './sqlOutline.ts';

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
  /^(?:ANALYZE|OPTIMIZE|REPAIR) (?:NO_WRITE_TO_BINLOG |LOCAL )?TABLES?\b/,
];

/** Statements that only run another one, whose text is in them. */
const wrapped = /^(?:EXPLAIN ANALYZE|ANALYZE(?: FORMAT \S+)?) /;
/** In `SET STATEMENT … FOR`, where the statement may begin: what is set may have the word too. */
const mostBeginnings = 20;
/** Statements that stand in no routine, but run others all the same (MariaDB), and what may stand before one of those. */
const block = /^(?:\S+ ?: ?|<< ?\S+ ?>> ?)?(?:BEGIN (?!WORK\b)|(?:IF|CASE|LOOP|REPEAT|WHILE|FOR|DECLARE)\b)/;
const partOfBlock = /;|:|>>|\b(?:THEN|ELSE|DO|LOOP|REPEAT|BEGIN|ATOMIC|AS|IS)\b/;

/** A longer statement is read only where it may hold what is refused: that takes a while. */
const longLength = 64 * 1024;
const suspicious = /write|outfile|dumpfile|\/\*M?!/i;
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
  return text.length > longLength && harmless.has(firstWord(text)) && !suspicious.test(text);
}

/**
 * Refuses what a read-only session would run although it is against the mark of the data source.
 * @param modes how the session reads quotes and backslashes
 * @throws READ_ONLY
 */
export function checkReadOnly(text: string, modes: LexicalModes): void {
  if (isHarmless(text)) return;
  const readings = readingsOf(text, modes);
  if (readings === null)
    throw unreadable('Its comments that the server may run can be read in several ways.');
  for (const reading of readings) checkReading(reading, modes);
}

function checkReading(text: string, modes: LexicalModes): void {
  const outline = sqlOutline(text, modes);
  // Quotes of names in one mode of MariaDB, and nothing that is valid in any other.
  if (outline.includes('[')) throw unreadable('What stands in square brackets can be read in two ways.');
  const parts = [...partsOf(outline), ...partsOf(sqlOutline(text, modes, 'shown'))];
  if (parts.some((part) => switchesToWriting.some((pattern) => pattern.test(part)))) {
    throw new AppError('READ_ONLY', {
      title: 'A statement cannot make this data source writable',
      causes: [
        'The data source is marked read-only, and the statement asks for a transaction that may write.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want to write.'],
    });
  }
  if (parts.some((part) => reachesTheServer.some((pattern) => pattern.test(part)))) {
    throw new AppError('READ_ONLY', {
      title: 'The statement would change the server',
      causes: [
        'The data source is marked read-only, but the server would still write files, take locks, or change its settings, accounts or other sessions.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want this.'],
    });
  }
  checkPrepared(text, outline, modes);
}

/** The statement, the one that it only runs, and of a block, what may be one. */
function partsOf(outline: string): readonly string[] {
  const parts = block.test(outline) ? outline.split(partOfBlock).map((part) => part.trim()) : [];
  return [outline, ...parts]
    .flatMap((part) => [part, ...setFor(part)])
    .flatMap((part) => [part, part.replace(wrapped, '')]);
}

function setFor(outline: string): readonly string[] {
  if (!outline.startsWith('SET STATEMENT ')) return [];
  const found = [...outline.matchAll(/ FOR /g)].slice(0, mostBeginnings);
  return found.map(({ index }) => outline.slice(index + ' FOR '.length));
}

const runsText = /^(?:EXECUTE IMMEDIATE|PREPARE)\b/;
const runsOneText = /^(?:EXECUTE IMMEDIATE '(?: USING .*)?|PREPARE \S+ FROM ')$/;

/** A prepared statement is read as if it were run. @throws READ_ONLY also when its text is not there to be read */
function checkPrepared(text: string, outline: string, modes: LexicalModes): void {
  const hidden = () => unreadable('It runs a text that is put together when it runs.');
  if (!partsOf(outline).some((part) => runsText.test(part))) return;
  const values = stringValues(text, modes);
  // The name of a prepared statement may be in double quotes too, and stands before its text.
  const value = outline.startsWith('PREPARE') ? values.at(-1) : values[0];
  if (!runsOneText.test(outline) || value === undefined) throw hidden();
  checkReadOnly(value, modes);
}

const reading: ReadonlySet<string> = new Set([
  ...['SELECT', 'TABLE', 'VALUES', 'WITH', 'SHOW', 'DESC', 'DESCRIBE', 'EXPLAIN', 'HELP', 'USE', 'SET'],
  ...['BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'],
]);
/** What may stand in a statement that begins like one that reads. */
const changing =
  /\b(?:INSERT|DELETE|UPDATE|REPLACE INTO|IMPORT INTO|NEXT VALUE FOR)\b|\b(?:NEXTVAL|SETVAL) ?\(/;

/**
 * For a server that cannot keep a session from writing: lets only statements through that read by what their text says. It
 * has no routines in which a text could hide.
 * @throws READ_ONLY
 */
export function checkReads(text: string, modes: LexicalModes): void {
  for (const each of readingsOf(text, modes) ?? [text]) {
    const outline = sqlOutline(each, modes)
      .replace(/^[( ]+/, '')
      .replace(/\bFOR UPDATE\b/g, '');
    const [first = ''] = /^\w+/.exec(outline) ?? [];
    if (reading.has(first) && !changing.test(outline)) continue;
    throw new AppError('READ_ONLY', {
      title: 'This data source is marked read-only',
      causes: [
        'The server cannot make a session read-only, so that Mooring lets only statements through that begin like one that reads.',
      ],
      fixes: ['Remove the read-only mark from the data source if you want to write.'],
    });
  }
}

function unreadable(cause: string): AppError {
  return new AppError('READ_ONLY', {
    title: 'What the statement would do cannot be seen',
    causes: [`The data source is marked read-only. ${cause}`],
    fixes: ['Run the statement itself.', 'Remove the read-only mark from the data source if you want this.'],
  });
}

const runsOthers: ReadonlySet<string> = new Set(['CALL', 'EXECUTE']);

const usualModes: LexicalModes = { backslashEscapes: true, quotedNames: false };

/** Whether the statement runs others of its own, which a transaction around it keeps from writing until they end that. */
export function runsStatements(text: string): boolean {
  if (isHarmless(text) && firstWord(text) !== 'CALL') return false;
  const readings = readingsOf(text.slice(0, longLength), usualModes) ?? [text];
  return readings.some(
    (reading) => runsOthers.has(firstWord(reading)) || block.test(sqlOutline(reading, usualModes)),
  );
}

/** Whether a transaction is open in a session that may write. */
export function leavesReadOnly(status: number): boolean {
  return (status & sessionStatus.inTransaction) !== 0 && (status & sessionStatus.readOnlyTransaction) === 0;
}
