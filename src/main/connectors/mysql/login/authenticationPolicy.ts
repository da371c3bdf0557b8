/**
 * What may be sent to prove the password, by the method that the server asks for and by how the wire is protected.
 *
 * - A proof mixes the password with a number of the server's. Whoever reads it can only guess passwords and compare.
 * - The password itself goes to a server that proved who it is, or that lies on this computer behind a socket file. Over
 *   TLS that was not verified it goes only where the account has no other way to log in (the methods of SHA-256, of which
 *   one is MySQL's default): "encrypt" trusts whoever answers. Over a wire without TLS it never goes, and neither is a key
 *   for it asked for, because somebody in between could answer with a key of their own.
 * - Nothing is sent for a method that is not in this table.
 */
export type Wire =
  | 'tls-verified'
  /** "encrypt": nobody knows who answers. */
  | 'tls-unverified'
  /** A socket file: it never leaves this computer, and only its owner can listen there. */
  | 'socket-file'
  /** TCP without TLS, to this computer or to another. */
  | 'plain';

export type Permission =
  | 'proof'
  /** The password itself. */
  | 'password'
  /** The password, encrypted with a key that the server sends. */
  | 'encrypted-password'
  /** Nothing is sent, because the wire is not protected well enough. */
  | 'refused';

/** Methods that Mooring speaks, from the weakest to the strongest: how much a log-in gives away of the password. */
export const mysqlLoginMethods = [
  'mysql_clear_password',
  'dialog',
  'sha256_password',
  'mysql_native_password',
  'caching_sha2_password',
  'client_ed25519',
] as const;
export type MysqlLoginMethod = (typeof mysqlLoginMethods)[number];

/** Asked for by caching_sha2_password when the server has no proof of the account in its cache. */
export const fullSha2 = 'caching_sha2_password, in full';

const always: Readonly<Record<Wire, Permission>> = {
  'tls-verified': 'proof',
  'tls-unverified': 'proof',
  'socket-file': 'proof',
  plain: 'proof',
};

const onlyVerified: Readonly<Record<Wire, Permission>> = {
  'tls-verified': 'password',
  'tls-unverified': 'refused',
  'socket-file': 'password',
  plain: 'refused',
};

export const authenticationPolicy: Readonly<
  Record<MysqlLoginMethod | typeof fullSha2, Readonly<Record<Wire, Permission>>>
> = {
  mysql_native_password: always,
  caching_sha2_password: always,
  client_ed25519: always,
  [fullSha2]: { ...onlyVerified, 'tls-unverified': 'password' },
  // The server takes the password itself over TLS only, even from a socket file.
  sha256_password: { ...onlyVerified, 'tls-unverified': 'password', 'socket-file': 'encrypted-password' },
  mysql_clear_password: onlyVerified,
  dialog: onlyVerified,
};

export function isMysqlLoginMethod(method: string): method is MysqlLoginMethod {
  return (mysqlLoginMethods as readonly string[]).includes(method);
}

/** Whether a method gives more of the password away than another. */
export function isWeakerMethod(method: MysqlLoginMethod, than: MysqlLoginMethod): boolean {
  return mysqlLoginMethods.indexOf(method) < mysqlLoginMethods.indexOf(than);
}
