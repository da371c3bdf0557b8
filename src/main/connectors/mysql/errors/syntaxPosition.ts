/** How the server's complaint about syntax ends, in any language: the rest of the statement from there, and its line. */
const complaint = /'([\s\S]*)'\D*(\d+)\D*$/;

/** The server quotes so many characters of the statement at most. */
const quotedLength = 80;

/**
 * Where a mistake of syntax is in the text of a statement, in UTF-16 units. The server says it by a quotation and a line
 * only. Null when that is not one place.
 */
export function syntaxPosition(words: string, text: string): number | null {
  const [, quoted, line] = complaint.exec(words) ?? [];
  if (quoted === undefined || line === undefined) return null;
  const body = withoutEnd(text);
  if (quoted === '') return body.length;
  const from = lineStart(text, Number(line));
  if (from === null) return null;
  if ([...quoted].length < quotedLength) {
    const position = body.length - quoted.length;
    if (position >= from && body.endsWith(quoted)) return position;
  }
  const position = text.indexOf(quoted, from);
  return position < 0 ? null : position;
}

/** Without blanks and semicolons at its end. Not by an expression, which would look at every run of blanks again and again. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s;]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** The server does not count lines before the first word. */
function lineStart(text: string, line: number): number | null {
  let offset = /^\s*/.exec(text)?.[0].length ?? 0;
  for (let passed = 1; passed < line; passed += 1) {
    offset = text.indexOf('\n', offset) + 1;
    if (offset === 0) return null;
  }
  return offset;
}
