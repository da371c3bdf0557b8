import { CurlRefused } from './CurlRefused.ts';

/** A caret in front of a sign that means something to the command prompt. */
const caretStyle = /\^["\\{}[\]%!&|<>()^]/;

/**
 * The words of a command as it is copied for the command prompt of Windows: carets first, as cmd.exe takes them away, then
 * quotes and backslashes, as programs in C read their command line.
 * @throws CurlRefused
 */
export function cmdWords(text: string): string[] {
  return new CommandLine().read(withoutCarets(text));
}

/** A caret at the end of a line goes on with the next one; followed by an empty line, it stands for the end of a line. */
function withoutCarets(text: string): string {
  const continued = text.replace(/\^\r?\n\r?\n/g, '\n').replace(/\^[ \t]*\r?\n[ \t]*/g, ' ');
  return caretStyle.test(continued) ? continued.replace(/\^([\s\S])/g, '$1') : continued;
}

/** Microsoft, “Parsing C command-line arguments”. */
class CommandLine {
  readonly #words: string[] = [];
  #word: string | null = null;
  #isQuoted = false;

  /** @throws CurlRefused */
  read(line: string): string[] {
    for (const [sign, backslashes, quote] of line.matchAll(/(\\+)(")?|""|"|[ \t]+|\n|[^\\" \t\n]+/g)) {
      if (backslashes !== undefined && quote !== undefined) this.#takeEscapes(backslashes.length);
      else if (sign.startsWith('"')) this.#takeQuotes(sign);
      else if (/^[ \t]/.test(sign) && !this.#isQuoted) this.#finish();
      else this.#add(sign);
    }
    if (this.#isQuoted) throw new CurlRefused('A quotation mark is not closed', 'Copy the whole command.');
    this.#finish();
    return this.#words;
  }

  /** Of backslashes in front of a quote each pair is one; an odd one makes the quote a plain sign. */
  #takeEscapes(count: number): void {
    this.#add('\\'.repeat(Math.floor(count / 2)));
    if (count % 2 === 1) this.#add('"');
    else this.#isQuoted = !this.#isQuoted;
  }

  /** Inside quotes two of them are one; outside they are an empty text. */
  #takeQuotes(sign: string): void {
    this.#add(sign === '""' && this.#isQuoted ? '"' : '');
    if (sign === '"') this.#isQuoted = !this.#isQuoted;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #finish(): void {
    if (this.#word !== null) this.#words.push(this.#word);
    this.#word = null;
  }
}
