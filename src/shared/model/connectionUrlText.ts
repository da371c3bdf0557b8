/** Takes a connection string apart into its settings, before anything is made of them. Nothing here knows what they mean. */

/** Why a text cannot be used. Neither part ever repeats the text: it may hold a password. */
export class ConnectionTextRefused extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Settings by libpq's names: `host`, `port`, `user`, `password`, `dbname` and whatever else was given. */
export type ConnectionSettings = ReadonlyMap<string, string>;

/** Other names for the same settings, in URLs of other libraries; compared in lower case. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['database', 'dbname'],
  ['username', 'user'],
  ['connecttimeout', 'connect_timeout'],
  ['logintimeout', 'connect_timeout'],
  ['applicationname', 'application_name'],
  ['sslrootcertificate', 'sslrootcert'],
]);

/**
 * Reads `postgres://`, `postgresql://`, `jdbc:postgresql:` and libpq's `key=value` texts.
 * @throws ConnectionTextRefused
 */
export function splitConnectionText(text: string): ConnectionSettings {
  const trimmed = text.trim();
  if (trimmed === '')
    throw new ConnectionTextRefused(
      'There is nothing to read',
      'Paste a URL such as postgres://user@host:5432/database.',
    );
  const url = /^(?:jdbc:)?postgres(?:ql)?:(.*)$/is.exec(trimmed)?.[1];
  if (url !== undefined) return splitUrl(url);
  const scheme = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1];
  if (scheme === undefined && /^\w+\s*=/.test(trimmed)) return splitKeyValues(trimmed);
  throw new ConnectionTextRefused(
    'This is not the address of a PostgreSQL database',
    'It begins with postgres://, postgresql:// or jdbc:postgresql://, or is a list such as host=… dbname=… user=….',
  );
}

const encodeHint =
  'In a user name or password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25.';
const notAnAddress = () =>
  new ConnectionTextRefused('The address cannot be read without guessing', encodeHint);

function splitUrl(rest: string): ConnectionSettings {
  const settings = new SettingsBuilder();
  // JDBC leaves the slashes out for a database on this computer: `jdbc:postgresql:shop`.
  const { authority, path, query } = cutUrl(rest.startsWith('//') ? rest.slice(2) : `localhost/${rest}`);
  const at = authority.lastIndexOf('@');
  if (at !== -1) readUser(authority.slice(0, at), settings);
  readHost(authority.slice(at + 1), settings);
  settings.add('dbname', decode(path));
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw notAnAddress();
    settings.add(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)));
  }
  return settings.all;
}

/** A raw `@` after the host, or any `#`, means that a password was not encoded: where it ends cannot be known then. */
function cutUrl(text: string): { authority: string; path: string; query: string } {
  const match = /^([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(text);
  const [, authority = '', path = '', query = ''] = match ?? [];
  if (match === null || path.includes('@') || query.includes('@')) throw notAnAddress();
  return { authority, path, query };
}

function readUser(text: string, settings: SettingsBuilder): void {
  const colon = text.indexOf(':');
  settings.add('user', decode(colon === -1 ? text : text.slice(0, colon)));
  if (colon !== -1) settings.add('password', decode(text.slice(colon + 1)));
}

function readHost(text: string, settings: SettingsBuilder): void {
  if (text.includes(',')) {
    throw new ConnectionTextRefused('The address names several hosts', 'Make one data source for each host.');
  }
  const match = /^(\[[^\]]*\]|[^:]*)(?::([^:]*))?$/.exec(text);
  if (match === null)
    throw new ConnectionTextRefused('The host cannot be read', 'Write an IPv6 address in brackets: [::1].');
  const [, host = '', port = ''] = match;
  // The zone of a link-local address begins with a % of its own: `[fe80::1%eth0]`.
  settings.add('host', host.startsWith('[') ? host.replace('%25', '%') : decode(host));
  settings.add('port', port);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notAnAddress();
  }
}

/** `host=db user='o''…` with libpq's quoting: single quotes around a value, backslash before a quote or backslash. */
function splitKeyValues(text: string): ConnectionSettings {
  const settings = new SettingsBuilder();
  const pair = /\s*(\w+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'|((?:[^\s'\\]|\\[\s\S])*))(?=\s|$)/y;
  while (pair.lastIndex < text.length) {
    const [, key, quoted, plain] = pair.exec(text) ?? [];
    if (key === undefined) {
      throw new ConnectionTextRefused(
        'The list of settings cannot be read',
        "Write name=value, with single quotes around a value with spaces: password='two words'.",
      );
    }
    settings.add(key, (quoted ?? plain ?? '').replace(/\\([\s\S])/g, '$1'));
  }
  return settings.all;
}

/** Gathers settings and refuses one that is given twice, because it is unclear which one is meant. */
class SettingsBuilder {
  readonly all = new Map<string, string>();

  /** An empty value is one that was not given. */
  add(name: string, value: string): void {
    const lower = name.toLowerCase();
    const key = aliases.get(lower) ?? lower;
    if (value === '') return;
    if (this.all.has(key)) {
      throw new ConnectionTextRefused(
        'A setting is given twice',
        'Host, port, user, password and database may stand before the question mark or after it, not both.',
      );
    }
    this.all.set(key, value);
  }
}
