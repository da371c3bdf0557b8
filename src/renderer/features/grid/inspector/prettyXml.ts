/** Tags, comments, declarations and the text between them. */
const pieces = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g;

/**
 * XML with a line for each element, indented by two blanks. Text and attributes stay as they are; an element that holds
 * nothing but text stays on its line. Null for a text whose tags do not fit together.
 */
export function prettyXml(xml: string): string | null {
  const found = xml.match(pieces)?.filter((piece) => piece.trim() !== '') ?? [];
  if (found[0]?.startsWith('<') !== true) return null;
  const lines: string[] = [];
  const open: string[] = [];
  for (let index = 0; index < found.length; ) {
    const piece = found[index] ?? '';
    const count = isStart(piece) ? oneLineCount(found, index) : 1;
    if (isEnd(piece) && open.pop() !== nameOf(piece)) return null;
    const text = found.slice(index, index + count).join('');
    lines.push('  '.repeat(open.length) + (count === 1 ? text.trim() : text));
    if (isStart(piece) && count === 1) open.push(nameOf(piece));
    index += count;
  }
  return open.length === 0 ? lines.join('\n') : null;
}

/** Pieces that stand on one line with a start tag: its text and its end, when there is nothing else between them. */
function oneLineCount(found: readonly string[], index: number): number {
  const name = nameOf(found[index] ?? '');
  const closes = (piece = ''): boolean => isEnd(piece) && nameOf(piece) === name;
  if (closes(found[index + 1])) return 2;
  return found[index + 1]?.startsWith('<') === false && closes(found[index + 2]) ? 3 : 1;
}

const isEnd = (piece: string): boolean => piece.startsWith('</');
const isStart = (piece: string): boolean => /^<[^!?/]/.test(piece) && !piece.endsWith('/>');
const nameOf = (tag: string): string => /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? '';
