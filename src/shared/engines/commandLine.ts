/**
 * A command as a person types it, taken apart without a shell: blanks separate, quotation marks keep a word together, and
 * nothing else means anything. A mark within its own kind is written twice. Backslashes are ordinary, as paths of Windows
 * have them.
 */

const word = /\s*((?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[^\s"'])+)/y;
const piece = /"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([^"']+)/g;

/** The words; null when a quotation mark is not closed. */
export function commandWords(text: string): string[] | null {
  const words: string[] = [];
  const end = text.trimEnd();
  word.lastIndex = 0;
  while (word.lastIndex < end.length) {
    const written = word.exec(end)?.[1];
    if (written === undefined) return null;
    words.push(
      [...written.matchAll(piece)]
        .map(
          ([, double, single, plain]) =>
            double?.replaceAll('""', '"') ?? single?.replaceAll("''", "'") ?? plain ?? '',
        )
        .join(''),
    );
  }
  return words;
}

/** The words as a text that gives them again. */
export const commandText = (words: readonly string[]): string =>
  words.map((each) => (/^[^\s"']+$/.test(each) ? each : `"${each.replaceAll('"', '""')}"`)).join(' ');
