import type { Pair } from '../model/resources.ts';
import type { CurlParts } from './CurlParts.ts';
import { isKeyHeader, isKeyName } from './secretNames.ts';

/** How a command shows who sends it, with the secret itself: it never goes into a request. */
export type CurlAuth =
  | { readonly type: 'basic'; readonly user: string; readonly password: string }
  | { readonly type: 'bearer'; readonly token: string }
  | {
      readonly type: 'api-key';
      readonly place: 'header' | 'query';
      readonly name: string;
      readonly value: string;
    };

/** What is left of headers and query when keys and passwords are taken out. */
export interface WithoutSecrets {
  readonly auth: CurlAuth | null;
  readonly headers: readonly Pair[];
  readonly query: readonly Pair[];
}

/** They belong to the client, or to a session in a browser. */
const dropped = new Set([
  'cookie',
  'host',
  'content-length',
  'accept-encoding',
  'connection',
  'proxy-authorization',
]);

/**
 * Takes out all that is secret: one way to log in is kept, the others are left out and counted.
 * @param login user and password in the address; null for none
 */
export function takeSecrets(
  parts: CurlParts,
  login: { readonly user: string; readonly password: string } | null,
  query: readonly Pair[],
): WithoutSecrets {
  const found: CurlAuth[] = [];
  if (parts.user !== null) found.push(basicOf(parts.user));
  if (parts.bearer !== null) found.push({ type: 'bearer', token: parts.bearer });
  const headers = parts.headers.filter(({ name, value }) => {
    const plainName = name.toLowerCase();
    if (plainName === 'cookie') {
      parts.warnings.add('Cookies were left out: they belong to a session in a browser.');
    }
    if (dropped.has(plainName)) return false;
    if (plainName === 'authorization') found.push(authorizationOf(value));
    else if (isKeyHeader(name)) found.push({ type: 'api-key', place: 'header', name, value });
    else return true;
    return false;
  });
  const plainQuery = query.filter(({ name, value }) => {
    if (!isKeyName(name)) return true;
    found.push({ type: 'api-key', place: 'query', name, value });
    return false;
  });
  if (login !== null) found.push({ type: 'basic', ...login });
  const [auth = null, ...more] = found;
  if (more.length > 0)
    parts.warnings.add('The command has more than one key or password; the first one is used.');
  return { auth, headers, query: plainQuery };
}

function basicOf(text: string): CurlAuth {
  const colon = text.indexOf(':');
  if (colon === -1) return { type: 'basic', user: text, password: '' };
  return { type: 'basic', user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** A scheme that is not known is a key, with the scheme in it. */
function authorizationOf(value: string): CurlAuth {
  const [, scheme = '', rest = ''] = /^(\S+)\s+([\s\S]+)$/.exec(value) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { type: 'bearer', token: rest.trim() };
  if (scheme.toLowerCase() === 'basic') {
    const text = base64Text(rest.trim());
    if (text?.includes(':') === true) return basicOf(text);
  }
  return { type: 'api-key', place: 'header', name: 'Authorization', value };
}

function base64Text(text: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}
