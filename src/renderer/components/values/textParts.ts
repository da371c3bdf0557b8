const partLength = 10_000;

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/**
 * Cuts a text where a part has some 10,000 characters: behind the next end of a line, or, where lines are wrapped and the
 * line goes on for long, in its midst. Laid out in one piece, a million characters keep the page busy for seconds.
 */
export function textParts(text: string, wraps: boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > partLength) {
    let to = text.indexOf('\n', from + partLength - 1) + 1;
    if (wraps && (to === 0 || to - from > 2 * partLength)) {
      to = from + partLength;
      if (isLowSurrogate(text.charCodeAt(to))) to += 1;
    }
    if (to === 0) break;
    parts.push(text.slice(from, to));
    from = to;
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}
