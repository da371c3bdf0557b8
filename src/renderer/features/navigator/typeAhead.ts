/** Letters typed in quick succession, to jump to a row that begins with them. */
interface TypedLetters {
  readonly text: string;
  readonly atMs: number;
}

export const noLetters: TypedLetters = { text: '', atMs: 0 };

/** Longest pause between two letters of one word: long enough for slow typists, short enough to begin anew at once. */
const maxPauseMs = 700;

/** @param atMs time of the key press on any clock that runs forward */
export function typeLetter(typed: TypedLetters, letter: string, atMs: number): TypedLetters {
  const continues = atMs - typed.atMs <= maxPauseMs;
  return { text: (continues ? typed.text : '') + letter.toLowerCase(), atMs };
}

/**
 * Index of the next label that begins with what was typed, around the end; null when none does. A first letter moves
 * on from the current row, more letters may keep it. One letter again and again walks through all rows that begin with it.
 */
export function findTyped(labels: readonly string[], currentIndex: number, text: string): number | null {
  const isRepeated = text.length > 1 && [...text].every((letter) => letter === text[0]);
  const wanted = isRepeated ? text.slice(0, 1) : text;
  const first = wanted.length === 1 ? currentIndex + 1 : Math.max(0, currentIndex);
  for (let offset = 0; offset < labels.length; offset += 1) {
    const index = (first + offset) % labels.length;
    if (labels[index]?.toLowerCase().startsWith(wanted)) return index;
  }
  return null;
}
