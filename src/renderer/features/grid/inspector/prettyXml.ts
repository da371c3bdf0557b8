/** Tags, comments, declarations and the text between them. */
const pieces = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g;

/**
 * XML with a line for each element, indented by two blanks. Text and attributes stay as they are; an element that holds
 * nothing but text stays on its line. Null for a text whose tags do not fit together.
 */
export function prettyXml(xml: string): string | null {
  const found = xml.match(pieces)?.filter((piece) => piece.trim() !== '') ?? [];
  const lines: string[] = [];
  const open: string[] = [];
  for (let index = 0; index < found.length; index += 1) {
    const piece = found[index] ?? '';
    if (isEnd(piece)) {
      if (open.pop() !== nameOf(piece)) return null;
      lines.push(line(open.length, piece));
    } else if (isStart(piece)) {
      const [text = '', end = ''] = [found[index + 1], found[index + 2]];
      const name = nameOf(piece);
      if (isEnd(text) && nameOf(text) === name) {
        lines.push(line(open.length, piece + text));
        index += 1;
      } else if (!text.startsWith('<') && isEnd(end) && nameOf(end) === name) {
        lines.push(line(open.length, piece + text + end));
        index += 2;
      } else {
        lines.push(line(open.length, piece));
        open.push(name);
      }
    } else lines.push(line(open.length, piece.trim()));
  }
  return open.length === 0 && lines.length > 0 && (found[0]?.startsWith('<') ?? false) ? lines.join('\n') : null;
}

const isEnd = (piece: string): boolean => piece.startsWith('</');
const isStart = (piece: string): boolean => /^<[^!?/]/.test(piece) && !piece.endsWith('/>');
const nameOf = (tag: string): string => /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? '';
const line = (depth: number, text: string): string => '  '.repeat(depth) + text;
