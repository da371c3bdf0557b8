/**
 * Text cut by characters, which are Unicode code points as for PostgreSQL's `char_length`. Cutting a string
 * by its own length would count UTF-16 units, and leave half of a character behind.
 */

const isSecondHalf = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
};

/** The first characters of a text, at most `count`; the text itself when it has no more. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let taken = 0; taken < count; taken += 1) end += isSecondHalf(text, end + 1) ? 2 : 1;
  return text.slice(0, end);
}
