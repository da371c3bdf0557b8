import type { Method, Pair, RequestBody } from '../model/resources.ts';
import { CurlParts } from './CurlParts.ts';
import { CurlRefused } from './CurlRefused.ts';
import { type CurlAuth, takeSecrets } from './curlAuth.ts';
import { bodyOf, formFields } from './curlBody.ts';
import { splitCurl } from './splitCurl.ts';

/** A request as a curl command describes it. */
export interface ReadCurl {
  readonly ok: true;
  readonly method: Method;
  /** Absolute, without query, fragment, user and password. */
  readonly url: string;
  /** In order, decoded. */
  readonly query: readonly Pair[];
  /** Without those that log in. */
  readonly headers: readonly Pair[];
  readonly body: RequestBody;
  readonly auth: CurlAuth | null;
  /** What a person should know, as sentences. None repeats a value of the command. */
  readonly warnings: readonly string[];
}

export interface RefusedCurl {
  readonly ok: false;
  /** Neither message nor hint repeats any of the command: it may hold a secret. */
  readonly message: string;
  readonly hint: string;
}

const maxLength = 2_000_000;

/** Reads a command that somebody copied. It never throws, reads no file and no variable. */
export function readCurl(text: string): ReadCurl | RefusedCurl {
  try {
    if (text.length > maxLength) throw new CurlRefused('The command is too long', 'Paste a shorter one.');
    return read(text);
  } catch (error) {
    if (!(error instanceof CurlRefused)) throw error;
    return { ok: false, message: error.message, hint: error.hint };
  }
}

function read(text: string): ReadCurl {
  const { words, hasVariables } = splitCurl(text);
  const parts = CurlParts.of(words);
  const address = addressOf(parts);
  const written = [...queryOf(address.search.slice(1)), ...addedQuery(parts)];
  const login =
    address.username === '' && address.password === ''
      ? null
      : { user: decoded(address.username), password: decoded(address.password) };
  const { auth, headers, query } = takeSecrets(parts, login, written);
  const contentType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  const body = bodyOf(parts, contentType);
  if (hasVariables)
    parts.warnings.add('The command has variables of a shell, whose values are not known here.');
  if (holdsTemplate(query, headers, body)) {
    parts.warnings.add('What stands between {{ and }} is filled in by Mooring.');
  }
  return {
    ok: true,
    method: methodOf(parts, body),
    url: `${address.origin}${address.pathname}`,
    query,
    // The body has its type itself; a multipart boundary is made anew.
    headers:
      body.type === 'none' ? headers : headers.filter(({ name }) => name.toLowerCase() !== 'content-type'),
    body,
    auth: hasVariables ? withoutVariables(auth) : auth,
    warnings: [...parts.warnings],
  };
}

function methodOf(parts: CurlParts, body: RequestBody): Method {
  if (parts.method !== null) return parts.method;
  if (parts.isHead) return 'HEAD';
  return body.type === 'none' ? 'GET' : 'POST';
}

/** @throws CurlRefused */
function addressOf(parts: CurlParts): URL {
  const [written = ''] = parts.urls;
  if (written === '') throw new CurlRefused('The command has no address', 'Copy the whole command.');
  if (/\[\d+-\d+(?::\d+)?\]|\[[a-z]-[a-z]\]|\{[^{}]*,[^{}]*\}/i.test(written)) {
    throw new CurlRefused('The address stands for several ones', 'Paste one request at a time.');
  }
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written);
  if (!hasScheme) parts.warnings.add('The address begins with no scheme; it is read as https.');
  const whole = hasScheme ? written : `https://${written}`;
  if (!URL.canParse(whole) || !/^https?:\/\/[^/?#]/i.test(whole)) {
    throw new CurlRefused(
      'The address cannot be read',
      'It should begin with https:// or http:// and a host.',
    );
  }
  return new URL(whole);
}

/** A pair without `=` has an empty value. */
function queryOf(search: string): readonly Pair[] {
  const pieces = search.split('&').filter((piece) => piece !== '');
  return pieces.map((piece) => formFields(piece.includes('=') ? piece : `${piece}=`)?.[0] ?? rawPair(piece));
}

/** One that is not encoded as it should be is taken as it is. */
function rawPair(piece: string): Pair {
  const equals = piece.indexOf('=');
  return equals <= 0
    ? { name: piece, value: '' }
    : { name: piece.slice(0, equals), value: piece.slice(equals + 1) };
}

/** `-G` sends the data in the query. */
const addedQuery = ({ isGet, data, urlQuery }: CurlParts): readonly Pair[] =>
  [...(isGet ? data.map(({ text }) => text) : []), ...urlQuery].flatMap(queryOf);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const holdsTemplate = (...values: readonly unknown[]): boolean => JSON.stringify(values).includes('{{');

/** `$TOKEN` is not the token. */
function withoutVariables(auth: CurlAuth | null): CurlAuth | null {
  const known = (text: string): string => (/\$(?:\w|\{)/.test(text) ? '' : text);
  switch (auth?.type) {
    case 'basic':
      return { ...auth, user: known(auth.user), password: known(auth.password) };
    case 'bearer':
      return { ...auth, token: known(auth.token) };
    case 'api-key':
      return { ...auth, value: known(auth.value) };
    default:
      return null;
  }
}
