import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';
import type { Statement } from '../../Connection.ts';
import { traceCommentOf, withComment } from '../../sql/traceComment.ts';
import { ServerError } from '../protocol/ServerError.ts';
import { beginsPart, firstWord } from './sqlOutline.ts';

/** Commands of which nothing keeps the text: routines, events and views show it for as long as they last. */
const forgotten: ReadonlySet<string> = new Set([
  ...[
    'SELECT',
    'WITH',
    'VALUES',
    'TABLE',
    'INSERT',
    'REPLACE',
    'UPDATE',
    'DELETE',
    'CALL',
    'SHOW',
    'EXPLAIN',
  ],
]);

/**
 * What is sent behind a statement: its traceparent in a comment, if the server is to be told, or nothing.
 * @param text with its values
 * @param readings how the server may read it
 */
export function markOf(statement: Statement, text: string, readings: readonly LexicalModes[]): string {
  const comment = traceCommentOf(statement);
  if (comment === null || !forgotten.has(firstWord(text))) return '';
  const isComment = (sent: string, offset: number) =>
    readings.every((modes) => beginsPart(sent, offset, modes));
  return withComment(text, comment, isComment).slice(text.length);
}

/** What the server says about the statement of a person, without the mark that stood behind it. */
export function withoutMark(error: unknown, mark: string): unknown {
  if (mark === '' || !(error instanceof ServerError)) return error;
  const { message } = error;
  // The server quotes the rest of a statement, or the beginning of that.
  for (const shown of [mark, mark.trimStart()]) {
    for (let length = shown.length; length >= shortestMark; length -= 1) {
      const at = message.lastIndexOf(shown.slice(0, length));
      const [cut = null] = at < 0 ? [] : (endOfQuotation.exec(message.slice(at + length)) ?? []);
      if (cut !== null) return error.inWords(message.slice(0, at) + message.slice(at + length + cut.length));
    }
  }
  return error;
}

const shortestMark = ' /*'.length;
/** MariaDB says that it has left out the rest. */
const endOfQuotation = /^(?:[.]{3})?(?=')/;
