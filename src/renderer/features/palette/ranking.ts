import { filterWords } from '../../lib/textRank.ts';

/** Something that can be looked for by its name. */
export interface Findable {
  /** What tells it from all others, also after a restart. */
  readonly key: string;
  readonly name: string;
  /** What stands beside the name, such as where it is; found too, but less well. */
  readonly detail: string;
}

const isWordLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Whether a word begins here: behind a sign, or with a capital behind a small letter. */
function isWordStart(text: string, at: number): boolean {
  const before = text[at - 1];
  const letter = text[at] ?? '';
  if (!isWordLetter(before)) return true;
  return /\p{Ll}/u.test(before ?? '') && /\p{Lu}/u.test(letter);
}

/**
 * How well letters fit when they stand in a name in this order, but not together. Half of them must begin words; null
 * when they do not, or when one is missing.
 */
function scatteredScore(name: string, lower: string, word: string): number | null {
  let at = -1;
  let startCount = 0;
  for (const letter of word) {
    let next = lower.indexOf(letter, at + 1);
    if (next < 0) return null;
    const nearest = next;
    while (next >= 0 && !isWordStart(name, next)) next = lower.indexOf(letter, next + 1);
    if (next >= 0) startCount += 1;
    at = next >= 0 ? next : nearest;
  }
  // Letters that stand anywhere mean nothing: nobody has thought of this name.
  if (2 * startCount < word.length) return null;
  return 100 + Math.round((200 * startCount) / word.length) - Math.min(90, lower.length - word.length);
}

/** How well one word fits, from 1,000 for the very name down; null when it does not. */
function wordScore({ name, detail }: Findable, word: string): number | null {
  const lower = name.toLowerCase();
  if (lower === word) return 1_000;
  if (lower.startsWith(word)) return 900 - Math.min(90, lower.length - word.length);
  let at = lower.indexOf(word);
  const isInside = at >= 0;
  while (at >= 0) {
    if (isWordStart(name, at)) return 750 - Math.min(90, lower.length - word.length);
    at = lower.indexOf(word, at + 1);
  }
  if (isInside) return 550 - Math.min(90, lower.length - word.length);
  const scattered = scatteredScore(name, lower, word);
  if (scattered !== null) return scattered;
  return detail.toLowerCase().includes(word) ? 60 : null;
}

/** How well something fits all words of a search; null when one of them does not fit. */
function scoreOf(item: Findable, words: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(item, word);
    if (score === null) return null;
    sum += score;
  }
  return sum / Math.max(1, words.length);
}

/** Bonus of what was chosen lately: it wins among those that fit about as well, and over nothing better. */
const recentBonus = 60;

/**
 * Those that fit a search, the best first. Without one: what was chosen lately, the newest first, then all others in
 * their order. Equals keep their order.
 */
export function ranked<Item extends Findable>(
  items: readonly Item[],
  search: string,
  recent: readonly string[],
): Item[] {
  const words = filterWords(search);
  const placeOf = new Map(recent.map((key, place) => [key, place]));
  const scored = items.flatMap((item) => {
    const score = scoreOf(item, words);
    if (score === null) return [];
    const place = placeOf.get(item.key);
    const bonus = place === undefined ? 0 : recentBonus - place / recent.length;
    return [{ item, score: score + bonus }];
  });
  return scored.sort((left, right) => right.score - left.score).map(({ item }) => item);
}
