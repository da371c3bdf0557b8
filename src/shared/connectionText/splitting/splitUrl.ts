import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import type { WrittenSetting } from '../vocabulary.ts';

/** A URL without its scheme, taken apart and decoded. What is not there is an empty text. */
export interface SplitUrl {
  readonly user: string;
  readonly password: string;
  /** An IPv6 address keeps its brackets. Several are a list with commas. */
  readonly host: string;
  /** Of several hosts a list with commas, as long as theirs; empty when none has a port. */
  readonly port: string;
  /** Without the leading slash. */
  readonly path: string;
  /** One without `=` has an empty value. */
  readonly pairs: readonly WrittenSetting[];
}

/** How many hosts an engine takes from a text. */
export type HostCount = 'one' | 'several';

/** @throws ConnectionTextRefused */
export type Decode = (text: string) => string;

const cannotBeRead = () =>
  new ConnectionTextRefused(
    'The address is ambiguous',
    'In a user name or password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25.',
  );

/** Percent decoding; a plus stays a plus. */
export const decodePercent: Decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw cannotBeRead();
  }
};

/** Decoding as HTML forms and Java's `URLDecoder` do it: a plus is a space. */
export const decodeForm: Decode = (text) => decodePercent(text.replaceAll('+', ' '));

/**
 * Takes apart what follows `scheme://`.
 *
 * An unencoded `@` in a user name or password is understood; an unencoded `/`, `?` or `#` is refused, because it cannot
 * be known then where the password ends.
 * @throws ConnectionTextRefused
 */
export function splitUrl(rest: string, hosts: HostCount = 'one'): SplitUrl {
  const match = /^([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(rest);
  const [, authority = '', path = '', query = ''] = match ?? [];
  if (match === null || path.includes('@') || isCutByQuestionMark(query)) throw cannotBeRead();
  const pairs = splitQuery(query, decodePercent);
  return { ...splitAuthority(authority, hosts), path: decodePercent(path), pairs };
}

/** Whether a password may have ended at the `?`: then host and path of the URL stand behind an `@` in the query. */
function isCutByQuestionMark(query: string): boolean {
  const at = query.lastIndexOf('@');
  if (at === -1) return false;
  return query.includes('/', at) || query.split('&').some((pair) => /^[^=]*@/.test(pair));
}

/**
 * Takes apart `user:password@host:port`; the last `@` separates.
 * @throws ConnectionTextRefused
 */
export function splitAuthority(
  authority: string,
  hosts: HostCount = 'one',
): Pick<SplitUrl, 'user' | 'password' | 'host' | 'port'> {
  const at = authority.lastIndexOf('@');
  const login = authority.slice(0, Math.max(at, 0));
  const colon = login.indexOf(':');
  return {
    user: decodePercent(colon === -1 ? login : login.slice(0, colon)),
    password: colon === -1 ? '' : decodePercent(login.slice(colon + 1)),
    ...(hosts === 'one' ? splitHost : splitHosts)(authority.slice(at + 1)),
  };
}

/** Takes apart `host:port,host:port`. @throws ConnectionTextRefused */
function splitHosts(text: string): Pick<SplitUrl, 'host' | 'port'> {
  const each = text.split(',').map(splitHost);
  const hasPorts = each.some(({ port }) => port !== '');
  return {
    host: each.map(({ host }) => host).join(','),
    port: hasPorts ? each.map(({ port }) => port).join(',') : '',
  };
}

/**
 * Takes apart `host:port`.
 * @throws ConnectionTextRefused
 */
export function splitHost(text: string): Pick<SplitUrl, 'host' | 'port'> {
  if (text.includes(',')) throw severalHosts();
  const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(text);
  if (match === null) {
    throw new ConnectionTextRefused('The host cannot be read', 'Write an IPv6 address in brackets: [::1].');
  }
  const [, host = '', port = ''] = match;
  // The zone of a link-local address begins with a % of its own: `[fe80::1%eth0]`.
  return { host: host.startsWith('[') ? host.replace('%25', '%') : decodePercent(host), port };
}

export const severalHosts = () =>
  new ConnectionTextRefused(
    'The text contains several hosts',
    'Create one data source for each host, or keep only one host in the text.',
  );

/**
 * Takes apart `name=value&name=value`. Empty parts, as between two `&` or after the last one, are nothing.
 * @throws ConnectionTextRefused
 */
export function splitQuery(query: string, decode: Decode): WrittenSetting[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1) return { name: decode(pair), value: '' };
      return { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) };
    });
}
