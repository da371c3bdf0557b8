/** Control characters, marks that change reading direction, and letters of no width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is shown
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A name with everything written out that one would not see: no name can look like another one. */
export function visibleName(name: string): string {
  return name.replace(
    invisible,
    (letter) => `⟨U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
