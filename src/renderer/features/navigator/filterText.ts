import { bestPlace, type FilterWords, rankByWords, rankInName, ranks } from '../../lib/textRank.ts';

/**
 * How well the words fit a node: the worst word counts; a word with a dot is looked for in `schema.name`.
 * @param lowerName its name in lower case
 */
export function rankOfNode(words: FilterWords, schema: string, lowerName: string): number {
  let worst = ranks.exact;
  for (const word of words) {
    const place = word.includes('.') ? `${schema.toLowerCase()}.${lowerName}` : lowerName;
    worst = Math.max(worst, rankInName(place, word));
    if (worst === ranks.none) return worst;
  }
  return worst;
}

export const rankOfSchema = (words: FilterWords, schema: string): number =>
  rankByWords(schema, () => '', words);

interface TextPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Cuts a name into what matches a word and what does not, for marking. */
export function matchParts(words: FilterWords, name: string): readonly TextPart[] {
  const lowerName = name.toLowerCase();
  // Lower case of a few letters is longer (İ): positions would not fit, and no mark is better than a wrong one.
  if (words.length === 0 || lowerName.length !== name.length) return [{ text: name, isMatch: false }];
  const marks = new Array<boolean>(name.length).fill(false);
  for (const typed of words) {
    // A whole `schema.name` was typed, or a name that has a dot in it.
    const word = lowerName.includes(typed) ? typed : typed.slice(typed.lastIndexOf('.') + 1);
    const start = word === '' ? -1 : bestPlace(lowerName, word);
    if (start >= 0) marks.fill(true, start, start + word.length);
  }
  return partsByMark(name, marks);
}

function partsByMark(name: string, marks: readonly boolean[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let start = 0;
  for (let end = 1; end <= name.length; end += 1) {
    if (end < name.length && marks[end] === marks[start]) continue;
    parts.push({ text: name.slice(start, end), isMatch: marks[start] ?? false });
    start = end;
  }
  return parts;
}
