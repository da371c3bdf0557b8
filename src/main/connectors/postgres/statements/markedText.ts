import type { Statement } from '../../Connection.ts';
import { traceCommentOf, withComment } from '../../sql/traceComment.ts';
import { commandOf } from './personalStatements.ts';
import { beginsPart } from './sqlOutline.ts';

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
