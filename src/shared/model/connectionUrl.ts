import { type ConnectionSettings, ConnectionTextRefused, splitConnectionText } from './connectionUrlText.ts';
import {
  type DataSourceFields,
  dataSourceFieldsSchema,
  passwordInputSchema,
  type TlsMode,
} from './dataSource.ts';
import { defaultTimeoutSettings, type TimeoutSettings } from './poolSettings.ts';

/** What a connection string can fill in. */
export type ConnectionUrlFields = Partial<
  Pick<DataSourceFields, 'host' | 'port' | 'database' | 'user' | 'tls' | 'timeouts'>
>;

export type ParsedConnectionUrl =
  | {
      readonly ok: true;
      readonly fields: ConnectionUrlFields;
      /** Null when the text holds none. */
      readonly password: string | null;
      /** What people should know: what was left out, and what was taken differently. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/**
 * Reads a connection string that somebody pasted. It never throws, reads no file or variable, and its messages never
 * repeat any part of the text that could be the password.
 */
export function parseConnectionUrl(text: string): ParsedConnectionUrl {
  try {
    return interpret(splitConnectionText(text));
  } catch (error) {
    if (!(error instanceof ConnectionTextRefused)) throw error;
    return { ok: false, message: error.message, hint: error.hint };
  }
}

function interpret(settings: ConnectionSettings): ParsedConnectionUrl {
  const notes: string[] = [];
  const user = settings.get('user');
  const database = settings.get('dbname');
  const tls = readTls(settings, notes);
  const timeouts = readTimeouts(settings, notes);
  const fields: ConnectionUrlFields = {
    host: readHost(settings.get('host'), notes),
    ...readPort(settings.get('port')),
    ...(database === undefined ? {} : { database: checked('database', database) }),
    ...(user === undefined ? {} : { user: checked('user', user) }),
    ...(tls === null ? {} : { tls: { mode: tls, caPem: null } }),
    ...(timeouts === null ? {} : { timeouts }),
  };
  noteUnused(settings, notes);
  return { ok: true, fields, password: readPassword(settings.get('password')), notes };
}

function checked(field: 'host' | 'database' | 'user', value: string): string {
  const result = dataSourceFieldsSchema.shape[field].safeParse(value);
  if (result.success) return result.data;
  throw new ConnectionTextRefused(
    result.error.issues[0]?.message ?? `The ${field} cannot be used`,
    `Check the ${field} in the text.`,
  );
}

/** The host as the network will see it: lower case, punycode, numbers written out as an address. */
function readHost(text: string | undefined, notes: string[]): string {
  if (text === undefined) {
    throw new ConnectionTextRefused(
      'The address names no host',
      'Add the host: postgres://user@host:5432/database.',
    );
  }
  if (text.startsWith('/') || text.startsWith('@')) {
    throw new ConnectionTextRefused(
      'The address is a local socket',
      'Mooring connects by network: use localhost and a port.',
    );
  }
  if (text.includes(',')) {
    throw new ConnectionTextRefused('The address names several hosts', 'Make one data source for each host.');
  }
  const host = checked('host', text);
  if (host.includes(':')) return host;
  const normal = normalHost(host);
  if (normal !== host.toLowerCase()) notes.push(`The host is shown as the network sees it: ${normal}.`);
  return normal;
}

function normalHost(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    throw new ConnectionTextRefused('The host is not a valid name or address', 'Check the host in the text.');
  }
}

function readPort(text: string | undefined): { port?: number } {
  if (text === undefined) return {};
  const port = dataSourceFieldsSchema.shape.port.safeParse(
    /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN,
  );
  if (port.success) return { port: port.data };
  throw new ConnectionTextRefused(
    'The port is not a number between 1 and 65535',
    'PostgreSQL usually has 5432. If it is part of the password, write : as %3A and @ as %40.',
  );
}

function readPassword(value: string | undefined): string | null {
  if (value === undefined) return null;
  const result = passwordInputSchema.safeParse({ type: 'typed', value });
  if (result.success) return value;
  throw new ConnectionTextRefused(
    result.error.issues[0]?.message ?? 'The password cannot be used',
    'Leave the password out and type it in its own field.',
  );
}

interface TlsReading {
  readonly mode: TlsMode;
  readonly note: string | null;
}

const mayFallBack: TlsReading = {
  mode: 'encrypt',
  note: 'The TLS mode of the text may fall back to plain text without a word. Mooring never does: it encrypts, or fails.',
};
const encryptOnly: TlsReading = {
  mode: 'encrypt',
  note: 'The text asks for encryption without checking who answers. "verify-full" is safer where it works.',
};

/** libpq's `sslmode`, and the values that other libraries allow. */
const tlsReadings: ReadonlyMap<string, TlsReading> = new Map([
  ['disable', { mode: 'disable', note: null }],
  ['allow', mayFallBack],
  ['prefer', mayFallBack],
  ['require', encryptOnly],
  ['no-verify', encryptOnly],
  ['verify-ca', { mode: 'verify-ca', note: "Add the authority's certificate in the TLS settings." }],
  ['verify-full', { mode: 'verify-full', note: null }],
  // node-postgres and JDBC write `ssl=true` and mean a verified server.
  ['true', { mode: 'verify-full', note: null }],
  ['1', { mode: 'verify-full', note: null }],
  ['false', { mode: 'disable', note: null }],
  ['0', { mode: 'disable', note: null }],
]);

function readTls(settings: ConnectionSettings, notes: string[]): TlsMode | null {
  const value = settings.get('sslmode') ?? settings.get('ssl');
  if (value === undefined) return null;
  const reading = tlsReadings.get(value.toLowerCase());
  if (reading === undefined) {
    throw new ConnectionTextRefused(
      'The TLS mode of the text is not known',
      'sslmode is disable, require, verify-ca or verify-full.',
    );
  }
  if (reading.note !== null) notes.push(reading.note);
  return reading.mode;
}

const connectRangeMs = [1_000, 300_000] as const;
const queryRangeMs = [1_000, 86_400_000] as const;

function readTimeouts(settings: ConnectionSettings, notes: string[]): TimeoutSettings | null {
  const connectMs = readDuration(settings.get('connect_timeout'), 1_000, connectRangeMs, notes);
  const queryMs = readDuration(settings.get('statement_timeout'), 1, queryRangeMs, notes);
  if (connectMs === null && queryMs === null) return null;
  return {
    ...defaultTimeoutSettings,
    connectMs: connectMs ?? defaultTimeoutSettings.connectMs,
    queryMs: queryMs ?? defaultTimeoutSettings.queryMs,
  };
}

/** 0 means "no limit" to the server; here the longest time is the limit. */
function readDuration(
  text: string | undefined,
  unitMs: number,
  [least, most]: readonly [number, number],
  notes: string[],
): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,12}$/.test(text)) {
    throw new ConnectionTextRefused(
      'A time-out is not a whole number',
      'connect_timeout counts seconds, statement_timeout milliseconds.',
    );
  }
  const wanted = Number(text) === 0 ? Number.POSITIVE_INFINITY : Number(text) * unitMs;
  const allowed = Math.min(most, Math.max(least, wanted));
  if (allowed !== wanted)
    notes.push(`A time-out was set to ${allowed / 1_000} s, the nearest that is allowed.`);
  return allowed;
}

const used = [
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'sslmode',
  'ssl',
  'connect_timeout',
  'statement_timeout',
];

/** Settings of libpq, JDBC and node-postgres that may be named to people; another name could be part of a password. */
const leftOut: ReadonlyMap<string, string> = new Map([
  ['sslrootcert', "add the authority's certificate in the TLS settings; no file is read because of a text"],
  ['sslcert', 'client certificates are not supported'],
  ['sslkey', 'client certificates are not supported'],
  ['channel_binding', 'channel binding is used whenever TLS is on and the server offers it'],
  ['application_name', 'sessions are named after Mooring'],
  ...[
    'fallback_application_name',
    'hostaddr',
    'target_session_attrs',
    'load_balance_hosts',
    'options',
    'replication',
  ]
    .concat([
      'keepalives',
      'keepalives_idle',
      'gssencmode',
      'krbsrvname',
      'passfile',
      'service',
      'client_encoding',
    ])
    .concat([
      'sslnegotiation',
      'sslcrl',
      'sslpassword',
      'sslfactory',
      'require_auth',
      'tcp_user_timeout',
      'schema',
    ])
    .concat([
      'currentschema',
      'sockettimeout',
      'preparethreshold',
      'readonly',
      'targetservertype',
      'pgbouncer',
    ])
    .concat(['pool_timeout', 'connection_limit', 'uselibpqcompat', 'binary', 'query_timeout', 'lock_timeout'])
    .map((name): [string, string] => [name, 'it is not supported']),
]);

function noteUnused(settings: ConnectionSettings, notes: string[]): void {
  const others = [...settings.keys()].filter((name) => !used.includes(name));
  for (const name of others) {
    const reason = leftOut.get(name);
    if (reason !== undefined) notes.push(`${name} was left out: ${reason}.`);
  }
  const unknownCount = others.filter((name) => !leftOut.has(name)).length;
  if (unknownCount > 0)
    notes.push(`${unknownCount} unknown setting${unknownCount === 1 ? ' was' : 's were'} left out.`);
}
