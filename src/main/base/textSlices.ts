/** The text in slices of about so many UTF-16 units: cut between characters, never between the halves of one. */
export function* textSlices(text: string, length: number): Generator<string, undefined> {
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + length, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    yield text.slice(at, end);
    at = end;
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
