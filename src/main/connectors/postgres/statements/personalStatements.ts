import type { Statement } from '../../Connection.ts';
import { traceCommentOf, withComment } from '../../sql/traceComment.ts';
import { beginsPart, firstWord } from './sqlOutline.ts';

/** No word of a statement that decides here stands behind so many characters of comments. */
const lookLength = 100_000;

/** What a person's statement begins with, in upper case. */
const commandOf = (text: string): string => firstWord(text.slice(0, lookLength));

/** Whether it is a COPY, which may want data of this computer. */
export function isCopy(text: string): boolean {
  return commandOf(text) === 'COPY';
}

/** Commands about the session or its transaction: they take no time, and must not have others around them. */
const controls: ReadonlySet<string> = new Set([
  ...['ABORT', 'BEGIN', 'COMMIT', 'END', 'PREPARE', 'RELEASE', 'ROLLBACK', 'SAVEPOINT', 'START'],
  ...['DISCARD', 'RESET', 'SET'],
]);

/** Whether it is about the session or its transaction. */
export function isControl(text: string): boolean {
  return controls.has(commandOf(text));
}

/** Commands of which nothing keeps the text. Definitions, PREPARE and cursors would show a trace for as long as they last. */
const forgotten: ReadonlySet<string> = new Set([
  ...['SELECT', 'WITH', 'VALUES', 'TABLE', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CALL', 'COPY', 'EXPLAIN'],
]);

/** The text that is sent: with its traceparent in a comment, if the server is to be told. */
export function markedText(statement: Statement, hasEscapes: boolean): string {
  const { text } = statement;
  const comment = traceCommentOf(statement);
  if (comment === null || !forgotten.has(commandOf(text))) return text;
  return withComment(text, comment, (sent, offset) => beginsPart(sent, offset, hasEscapes));
}

const reads: ReadonlySet<string> = new Set(['SELECT', 'TABLE', 'VALUES']);

/** Whether nothing is lost when the server is told to stop it, outside of a transaction. */
export function isPlainRead(text: string): boolean {
  return reads.has(commandOf(text));
}
