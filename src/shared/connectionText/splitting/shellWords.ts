import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';

/** A gap, then a word: pieces in single quotes, in double quotes, after a backslash, or plain. */
const wordAfterGap = /(?:\s|\\\r?\n)*((?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[^\r\n]|[^\s'"\\])+|$)/y;
const piece = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^'"\\]+)/g;
/** Where another command or a redirection begins. */
const operator = /^(?:[|&;#]|\d?[<>])/;
const variable = /(?<!\\)(?:\$[\w{(]|`)/;

/**
 * The words of the first command of a line, by the quoting rules of POSIX shells. What follows `|`, `>`, `<`, `&`, `;`
 * or `#` as a word of its own is another matter and is left away. An `&` inside a word is part of it: people copy URLs
 * without quotes.
 * @throws ConnectionTextRefused, also for a variable, whose value is not known here
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  wordAfterGap.lastIndex = 0;
  while (wordAfterGap.lastIndex < text.length) {
    const word = wordAfterGap.exec(text)?.[1];
    if (word === undefined) {
      throw new ConnectionTextRefused('A quotation mark is not closed', 'Copy the whole command.');
    }
    if (word === '' || operator.test(word)) break;
    words.push(unquoted(word));
  }
  return words;
}

function unquoted(word: string): string {
  const pieces = [...word.matchAll(piece)];
  return pieces
    .map(([, single, double, escaped, plain]) => single ?? escaped ?? expandable(double ?? plain ?? ''))
    .join('');
}

/** Text in which a shell would put the values of variables. */
function expandable(text: string): string {
  if (variable.test(text)) {
    throw new ConnectionTextRefused(
      'The text contains a shell variable',
      'Replace the variable with its value, or put single quotes around a literal $.',
    );
  }
  return text.replace(/\\(["\\$`])/g, '$1');
}
