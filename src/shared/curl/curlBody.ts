import type { Pair, RequestBody } from '../model/resources.ts';
import type { CurlParts, FormPiece } from './CurlParts.ts';
import { CurlRefused } from './CurlRefused.ts';

type Part = Extract<RequestBody, { type: 'multipart' }>['parts'][number];

/** What is between the quotes of a value, as curl reads it: `"a;b"`. */
const quotedValue = /^"((?:[^"\\]|\\.)*)"(;|$)/;

/**
 * The body that the options describe.
 * @param contentType of the header that the command sets; empty for none
 * @throws CurlRefused
 */
export function bodyOf(parts: CurlParts, contentType: string): RequestBody {
  if (parts.form.length > 0) return { type: 'multipart', parts: parts.form.map(partOf) };
  if (parts.data.length === 0 || parts.isGet) return { type: 'none' };
  const isJsonOption = parts.data.some(({ isJson }) => isJson);
  const text = parts.data
    .map((piece, index) => (index === 0 || piece.isJson ? '' : '&') + piece.text)
    .join('');
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (isJsonOption || /[/+]json$/.test(type)) return { type: 'json', text };
  if (type === '' && isJsonText(text)) {
    parts.warnings.add('The body is sent as JSON, which it is; curl would have called it a form.');
    return { type: 'json', text };
  }
  const fields = type === '' || type === 'application/x-www-form-urlencoded' ? formFields(text) : null;
  return fields === null
    ? { type: 'text', contentType: contentType || formType, text }
    : { type: 'form', fields };
}

const formType = 'application/x-www-form-urlencoded';

/** Only objects and lists: `1` is a form as well. */
function isJsonText(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Pairs of a query or a form, decoded; null for a text that is none, or would not be sent the same again. */
export function formFields(text: string): Pair[] | null {
  if (text === '') return [];
  const pieces = text.split('&').filter((piece) => piece !== '');
  if (pieces.some((piece) => !/^[^=]+=/.test(piece))) return null;
  try {
    return pieces.map((piece) => {
      const equals = piece.indexOf('=');
      return { name: decoded(piece.slice(0, equals)), value: decoded(piece.slice(equals + 1)) };
    });
  } catch {
    return null;
  }
}

/** @throws URIError for a `%` that encodes nothing */
const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** curl(1), `--form`: `name=value`, `name=@file`, with `;type=…` and `;filename=…` behind. */
function partOf({ text, isLiteral }: FormPiece): Part {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new CurlRefused('A part of the form has no name', 'Write it as name=value.');
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  if (isLiteral) return { name, contentType: '', content: { type: 'text', text: value } };
  const isFile = value.startsWith('@');
  if (value.startsWith('<')) {
    throw new CurlRefused('A part of the form is read from a file as text', 'Paste its content instead.');
  }
  const { content, contentType } = splitValue(isFile ? value.slice(1) : value);
  return {
    name,
    contentType,
    content: isFile ? { type: 'file', path: content } : { type: 'text', text: content },
  };
}

function splitValue(value: string): { readonly content: string; readonly contentType: string } {
  const quoted = quotedValue.exec(value);
  const settings = /;\s*(?:type|filename|encoder|headers)=/i.exec(value)?.index ?? value.length;
  const content = quoted === null ? value.slice(0, settings) : (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  const rest = quoted === null ? value.slice(settings) : value.slice(quoted[0].length - 1);
  const [, contentType = ''] = /;\s*type=([^;]*)/i.exec(rest) ?? [];
  return { content, contentType: contentType.trim() };
}
