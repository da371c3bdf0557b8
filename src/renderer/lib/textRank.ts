/** How well a filter fits a name, from the best to not at all. */
export const ranks = { exact: 0, prefix: 1, wordStart: 2, inside: 3, elsewhere: 4, none: 5 };

const wordCharacter = /[\p{L}\p{N}]/u;

/** Where a text stands in a name at its best: at the beginning, at the beginning of a word, or anywhere; -1 if nowhere. */
export function bestPlace(name: string, text: string): number {
  if (name.startsWith(text)) return 0;
  const first = name.indexOf(text);
  let at = first;
  while (at >= 0) {
    if (!wordCharacter.test(name.charAt(at - 1))) return at;
    at = name.indexOf(text, at + 1);
  }
  return first;
}

/** How well one text fits a name; both in lower case. */
export function rankInName(name: string, text: string): number {
  // Most names of a long list do not hold the text at all.
  if (!name.includes(text)) return ranks.none;
  if (name === text) return ranks.exact;
  const at = bestPlace(name, text);
  if (at === 0) return ranks.prefix;
  return wordCharacter.test(name.charAt(at - 1)) ? ranks.inside : ranks.wordStart;
}

/** The words of a filter, in lower case. */
export type FilterWords = readonly string[];

export const filterWords = (filter: string): FilterWords =>
  filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/**
 * How well a filter fits a name, whole or word by word; the worst word counts.
 * @param beside what else is shown of the thing, in lower case; asked for only when a word is not in the name
 */
export function rankByWords(name: string, beside: () => string, words: FilterWords): number {
  const lowerName = name.toLowerCase();
  const whole = rankInName(lowerName, words.join(' '));
  if (whole !== ranks.none) return whole;
  const byWord = words.map((word) => {
    const rank = rankInName(lowerName, word);
    return rank === ranks.none && beside().includes(word) ? ranks.elsewhere : rank;
  });
  return Math.max(...byWord);
}
