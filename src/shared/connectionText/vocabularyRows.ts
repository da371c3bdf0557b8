import type { VocabularyRow } from './vocabulary.ts';

/** What the vocabularies of all engines are made of. */

/** What a text can say about a connection to any engine over a network, whatever its spelling calls it. */
export type CommonParameter =
  | 'host'
  | 'port'
  | 'user'
  | 'password'
  | 'database'
  /** A word for how TLS is used. */
  | 'tlsMode'
  /** Whether TLS is on, where a library has a switch beside the mode or instead of it. */
  | 'tlsSwitch'
  /** The file with the authority's certificate, or `system`. */
  | 'authority'
  /** Where authorities are in a form that Mooring does not read, such as a folder or a key store of Java. */
  | 'authorityStore'
  /** The files of this computer's own certificate and its key. */
  | 'clientCertificate'
  | 'clientKey'
  /** A file with both (PKCS #12). */
  | 'clientIdentity'
  | 'clientKeyPassword'
  /** The TLS versions that may be spoken, or the oldest of them. */
  | 'tlsVersions'
  /** `yes` or `no` when the text says apart from the mode whether the certificate is checked. */
  | 'certificateCheck'
  | 'readOnly'
  | 'connectMs'
  /** Look-up, connection and log-in together, in libraries that have another limit for the socket alone. */
  | 'loginMs'
  | 'queryMs'
  | 'idleInTransactionMs'
  | 'poolMin'
  | 'poolMax'
  | 'idleMs'
  | 'acquireMs';

export const is = <Parameter extends string>(parameter: Parameter) => ({ parameter });
export const seconds = <Parameter extends string>(parameter: Parameter) => ({ parameter, unitMs: 1_000 });
export const milliseconds = <Parameter extends string>(parameter: Parameter) => ({ parameter, unitMs: 1 });

/** The parts of an address, as most spellings call them. */
export const addressRows: readonly VocabularyRow<CommonParameter>[] = [
  ['host', is('host')],
  ['port', is('port')],
  ['dbname', is('database')],
  ['user', is('user')],
  ['password', is('password')],
];

/** Written without a value, as in `?ssl`, it means the same as `true`. */
export const tlsSwitch = { parameter: 'tlsSwitch', words: { '': 'true' } } as const;
/** A setting that is true when the certificate is checked. */
export const checkedWhenTrue = {
  parameter: 'certificateCheck',
  words: { '': 'yes', true: 'yes', 1: 'yes', false: 'no', 0: 'no' },
} as const;
/** A setting that is true when the certificate is not checked. */
export const checkedWhenFalse = {
  parameter: 'certificateCheck',
  words: { true: 'no', 1: 'no', false: 'yes', 0: 'yes' },
} as const;

/** Reasons to leave a setting out. */
export const notSupported = 'not supported';
export const noKeyStores = 'key stores are not read: export the certificate as PEM or PKCS #12';
export const noFiles = 'files named in pasted text are not read';
export const ownPool = 'Mooring has its own pool';
export const setByMooring = 'set by Mooring itself';
export const modeDecides = 'the TLS mode determines what is checked';

/** Rows for names, separated by commas, that are left out for one reason. */
export function without(reason: string, names: string): VocabularyRow<never>[] {
  return names.split(', ').map((name) => [name, { leftOut: reason }]);
}

/** Variables of applications, which name their engine in another one: Laravel, Rails, Django, WordPress, Spring. */
export const applicationRows: readonly VocabularyRow<CommonParameter>[] = [
  ['DB_HOST', is('host')],
  ['DB_PORT', is('port')],
  ['DB_DATABASE', is('database')],
  ['DB_NAME', is('database')],
  ['DB_USERNAME', is('user')],
  ['DB_USER', is('user')],
  ['DB_PASSWORD', is('password')],
  ['DB_PASS', is('password')],
  ['DB_SSLMODE', is('tlsMode')],
  ['SPRING_DATASOURCE_USERNAME', is('user')],
  ['SPRING_DATASOURCE_PASSWORD', is('password')],
  ...without(setByMooring, 'DB_CHARSET, DB_COLLATION, DB_PREFIX, SPRING_DATASOURCE_DRIVER_CLASS_NAME'),
];

/** Names of variables are compared as Spring compares its own: without case, with any separator. */
export const variableName = (name: string): string => name.toUpperCase().replaceAll(/[.-]/g, '_');
