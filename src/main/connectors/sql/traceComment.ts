import type { Statement } from '../Connection.ts';

/** The traceparent of a statement as sqlcommenter writes it; null when it has none, or its server is not to be told so. */
export function traceCommentOf({ traceMark }: Statement): string | null {
  return traceMark?.inComment === true ? `/*traceparent='${traceMark.traceparent}'*/` : null;
}

/** A longer statement is not read to its end for a comment that servers rarely show of it. */
const maxLength = 100_000;

/**
 * A statement with a comment at its end, so that places in it stay what they are. Without the comment where the server
 * would not read it as one: inside of a string, a name or a comment that nothing closes.
 * @param begins whether a comment of its own begins at that offset of a text
 */
export function withComment(
  text: string,
  comment: string,
  begins: (text: string, offset: number) => boolean,
): string {
  if (text.length > maxLength) return text;
  // Behind a comment that goes to the end of its line, it takes a line of its own.
  for (const gap of [' ', '\n']) {
    const sent = `${text}${gap}${comment}`;
    if (begins(sent, text.length + 1)) return sent;
  }
  return text;
}
