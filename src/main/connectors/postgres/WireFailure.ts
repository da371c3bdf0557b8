/**
 * What can go wrong on the wire that is neither an errno nor a server's answer. `postgresErrors` gives people the words;
 * the message here says what was seen.
 */
export type WireFailureKind =
  /** Not the PostgreSQL protocol, or a broken rendering of it. */
  | 'protocol'
  /** The server answered "no" to the request for TLS. */
  | 'tls-not-supported'
  /** The certificate of the authority in the settings cannot be read. */
  | 'authority-unreadable'
  /** The server wants the password in a way that would give it away, or in a way that is not supported. */
  | 'authentication-method'
  /** The server asks for a password and there is none. */
  | 'password-missing'
  /** The socket closed without a reason being given. */
  | 'closed'
  /** A transaction stayed open without a statement for too long. */
  | 'idle-in-transaction'
  /** An answer larger than this app is willing to hold in memory. */
  | 'too-large';

export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly kind: WireFailureKind;

  constructor(kind: WireFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
