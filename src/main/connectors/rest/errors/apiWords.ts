import jmespath from 'jmespath';
import { cleanText } from '../../../base/cleanText.ts';

/** A message is small; what is larger is data, and reading it would hold up everybody. */
const maxReadBytes = 1024 * 1024;
const maxWordsLength = 600;

/** Where APIs put what they have to say, the most telling first. */
const usualPlaces: readonly (readonly (string | number)[])[] = [
  ['error', 'message'],
  ['error', 'info'],
  ['error', 'detail'],
  ['error', 'description'],
  ['error_description'],
  // RFC 9457
  ['detail'],
  ['message'],
  ['errors', 0, 'message'],
  ['errors', 0, 'detail'],
  ['errors', 0],
  ['error'],
  ['errorMessage'],
  ['error_message'],
  ['fault', 'faultstring'],
  ['reason'],
  ['msg'],
  ['title'],
];

/** A JSON body as values; undefined for what is none, or is too large to be a message. */
export function smallJson(body: Buffer): unknown {
  if (body.length === 0 || body.length > maxReadBytes) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
    return value;
  } catch {
    return undefined;
  }
}

/** jmespath finds what every object inherits, as if the answer had it. */
const inheritedName = new RegExp(Object.getOwnPropertyNames(Object.prototype).join('|'));

function withoutPrototypes(value: unknown): unknown {
  const bare: unknown = JSON.parse(JSON.stringify(value ?? null), (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.assign(Object.create(null), one)
      : one,
  );
  return bare;
}

/** What a JMESPath expression selects; undefined for nothing, and for an expression that is none. */
export function selected(value: unknown, selector: string): unknown {
  try {
    const found: unknown = jmespath.search(
      inheritedName.test(selector) ? withoutPrototypes(value) : value,
      selector,
    );
    return found ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * The API's own message in an answer, on one line; empty when it has none.
 * @param selector JMESPath to the message; empty: where APIs usually put it
 */
export function apiWords(body: Buffer, contentType: string, selector: string): string {
  const value = smallJson(body);
  if (value === undefined) return shownText(body, contentType);
  const chosen = selector === '' ? undefined : wordsOf(selected(value, selector));
  const places = usualPlaces.map((path) => wordsOf(valueAt(value, path)));
  return chosen ?? places.find((words) => words !== undefined) ?? wordsOf(value) ?? '';
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Object.getOwnPropertyDescriptor(at, key)?.value
        : undefined,
    value,
  );
}

function wordsOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const words = cleanText(String(value), maxWordsLength);
  return words === '' ? undefined : words;
}

/** Of a text, its beginning; of a page, its title. */
function shownText(body: Buffer, contentType: string): string {
  const beginning = body.subarray(0, 4_096).toString('utf8');
  if (isPage(body, contentType)) {
    return cleanText(/<title[^>]*>([^<]{1,300})/i.exec(beginning)?.[1] ?? '', maxWordsLength);
  }
  return /^text\/plain\b/i.test(contentType) ? cleanText(beginning, maxWordsLength) : '';
}

/** Whether a body is a page for people. */
function isPage(body: Buffer, contentType: string): boolean {
  if (/^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim())) return true;
  return /^\uFEFF?\s*<(?:!doctype\s+html|html)\b/i.test(body.subarray(0, 200).toString('utf8'));
}
