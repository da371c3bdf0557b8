import { CurlRefused } from './CurlRefused.ts';
import type { CurlWords } from './splitCurl.ts';

/** Between words: blanks, and lines that go on. */
const gap = /(?:\s|\\\r?\n)+/y;
const plain = /[^\s'"\\$`|<>;&#]+|[#&]/y;
const single = /'([^']*)'/y;
const double = /\$?"((?:[^"\\]|\\[\s\S])*)"/y;
const ansi = /\$'((?:[^'\\]|\\[\s\S])*)'/y;
const escaped = /\\(\r?\n|[\s\S])/y;
const variable = /\$(?:\w+|\{\w+\})/y;
const dollar = /\$/y;
/** Where another command or a redirection begins. */
const ending = /(?:[|;<>]|&&|&(?=\s|$)|\d?>)/y;
const comment = /#/y;

/**
 * The words of the first command of a line, by the quoting rules of POSIX shells and `$'…'` of bash. An `&` inside a word
 * is part of it: people copy addresses without quotes.
 * @throws CurlRefused
 */
export function posixWords(text: string): CurlWords {
  const words: string[] = [];
  let hasVariables = false;
  let word: string | null = null;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  const finish = (): void => {
    if (word !== null) words.push(word);
    word = null;
  };
  while (at < text.length) {
    if (take(gap) !== null) {
      finish();
      continue;
    }
    if (word === null && (take(comment) !== null || take(ending) !== null)) break;
    if (take(ending) !== null) break;
    const piece = nextPiece(take);
    hasVariables ||= piece.hasVariable;
    word = (word ?? '') + piece.text;
  }
  finish();
  return { words, hasVariables };
}

interface Piece {
  readonly text: string;
  readonly hasVariable: boolean;
}

const literal = (text: string): Piece => ({ text, hasVariable: false });

function nextPiece(take: (pattern: RegExp) => RegExpExecArray | null): Piece {
  const bare = take(plain);
  if (bare !== null) return literal(bare[0]);
  const quoted = take(single);
  if (quoted !== null) return literal(quoted[1] ?? '');
  const ansiQuoted = take(ansi);
  if (ansiQuoted !== null) return literal(ansiText(ansiQuoted[1] ?? ''));
  const doubleQuoted = take(double);
  if (doubleQuoted !== null) return doubleText(doubleQuoted[1] ?? '');
  const sign = take(escaped);
  if (sign !== null) return literal(/^\r?\n$/.test(sign[1] ?? '') ? '' : (sign[1] ?? ''));
  const name = take(variable);
  if (name !== null) return { text: name[0], hasVariable: true };
  if (take(dollar) !== null) return literal('$');
  throw new CurlRefused(
    'The command cannot be read to its end',
    'A quotation mark is not closed, or a part is the output of another command. Copy the whole command, with values.',
  );
}

function doubleText(text: string): Piece {
  if (/(?<!\\)(?:`|\$\()/.test(text)) {
    throw new CurlRefused(
      'A part of the command is the output of another command',
      'Replace it with its value.',
    );
  }
  const hasVariable = /(?<!\\)\$(?:\w|\{)/.test(text);
  return {
    text: text.replace(/\\(\r?\n|["\\$`])/g, (_, sign: string) => (/^\r?\n$/.test(sign) ? '' : sign)),
    hasVariable,
  };
}

const ansiLetters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Bash, “ANSI-C Quoting”. Bytes beyond ASCII that follow each other are the UTF-8 of a character. */
function ansiText(text: string): string {
  const whole =
    /(?:\\x[89a-f][0-9a-f]|\\[23][0-7]{2})+|\\(?:x[0-9a-f]{1,2}|u[0-9a-f]{1,4}|U[0-9a-f]{1,8}|[0-7]{1,3}|c[\s\S]|[\s\S])/gi;
  return text.replace(whole, (sign) =>
    /^(?:\\x[89a-f]|\\[23][0-7]{2})/i.test(sign) ? bytesText(sign) : signText(sign.slice(1)),
  );
}

function signText(sign: string): string {
  const [letter = ''] = sign;
  if (/^[xuU][0-9a-f]/i.test(sign)) return characterOf(Number.parseInt(sign.slice(1), 16));
  if (/^[0-7]/.test(sign)) return characterOf(Number.parseInt(sign, 8));
  if (letter === 'c' && sign.length > 1) return characterOf(sign.charCodeAt(1) & 0x1f);
  const control = Object.hasOwn(ansiLetters, letter) ? ansiLetters[letter] : undefined;
  if (control !== undefined) return control;
  return /^[\\'"?]$/.test(sign) ? sign : `\\${sign}`;
}

const characterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');

function bytesText(signs: string): string {
  const bytes = [...signs.matchAll(/\\x([0-9a-f]{2})|\\([0-7]{3})/gi)].map(([, hex, octal]) =>
    hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
