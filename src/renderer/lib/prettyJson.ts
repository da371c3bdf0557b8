const token = /\s*(?:([{}[\],:])|"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]*|true|false|null)/y;
const closingOf: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** What is nested more deeply is shown as it came: lines that begin beyond the edge of the window help nobody. */
const deepest = 200;
/** In UTF-16 units. A text that would grow to more than that is shown as it came. */
const longest = 8_000_000;

/** Writes tokens one after the other, each line indented by two blanks for each level. */
class JsonPrinter {
  readonly #pieces: string[] = [];
  readonly #open: string[] = [];
  #length = 0;
  #isFirst = false;

  /** @returns whether the sign may stand here */
  sign(sign: string): boolean {
    if (sign === '{' || sign === '[') {
      this.#begin();
      this.#write(sign);
      this.#open.push(closingOf[sign] ?? '');
      this.#isFirst = true;
      return this.#open.length <= deepest;
    }
    if (sign === ':') this.#write(': ');
    else if (sign === ',') {
      this.#write(',');
      this.#line();
    } else {
      if (this.#open.pop() !== sign) return false;
      if (!this.#isFirst) this.#line();
      this.#isFirst = false;
      this.#write(sign);
    }
    return true;
  }

  value(raw: string): void {
    this.#begin();
    this.#write(raw);
  }

  get isTooLong(): boolean {
    return this.#length > longest;
  }

  get isWhole(): boolean {
    return this.#open.length === 0 && this.#pieces.length > 0;
  }

  text(): string {
    return this.#pieces.join('');
  }

  /** The first thing in an object or a list stands on a line of its own; where there is none, nothing does. */
  #begin(): void {
    if (this.#isFirst) this.#line();
    this.#isFirst = false;
  }

  #line(): void {
    this.#write(`\n${'  '.repeat(this.#open.length)}`);
  }

  #write(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }
}

/**
 * JSON with a line for each member. Nothing of it is read as a value: numbers keep all their digits, names their order, and
 * one that comes twice is there twice.
 * @param isCut the text ends somewhere: what there is of it is written
 * @returns null for a text that is no JSON, or would be too large or too deep to be read like this
 */
export function prettyJsonText(text: string, { isCut = false } = {}): string | null {
  const printer = new JsonPrinter();
  const tokens = new RegExp(token);
  tokens.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  let at = tokens.lastIndex;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    at = tokens.lastIndex;
    const [found, sign] = match;
    if (sign === undefined) printer.value(found.trimStart());
    else if (!printer.sign(sign)) return null;
    if (printer.isTooLong) return null;
  }
  const rest = text.slice(at).trim();
  if (rest === '') return printer.isWhole || isCut ? printer.text() : null;
  // Cut in the midst of a text, a number or a word.
  if (!isCut || !/^["\w-]/.test(rest)) return null;
  printer.value(rest);
  return printer.text();
}
