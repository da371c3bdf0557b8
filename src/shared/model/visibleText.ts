/** Characters that nobody sees in a text: pasted with it from a web page or a chat, they make it another text. */

/** Takes no room at all. Joiners and variation selectors are not among them: they are parts of what is seen. */
const invisible = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff]/;
/** Looks like a space and is none. */
const unusualBlank = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/** What is cut off at the ends: blanks, control characters, direction marks and what takes no room. */
const edge = /[\s\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** The text without blanks and invisible characters at its ends. */
export function trimmedText(text: string): string {
  let start = 0;
  let end = text.length;
  while (edge.test(text.charAt(start))) start += 1;
  while (edge.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The first invisible character, such as `U+200B`; null when there is none. */
export const invisibleCharacter = (text: string): string | null => codePoint(invisible.exec(text));

/** The first character that only looks like a space, such as `U+00A0`; null when there is none. */
export const unusualBlankCharacter = (text: string): string | null => codePoint(unusualBlank.exec(text));

function codePoint(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  return `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
