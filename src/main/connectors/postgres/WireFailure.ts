/**
 * What can go wrong on the wire that is neither an errno nor a server's answer. `connectFailures` and `statementErrors`
 * have the words for people; the message here says what was seen.
 */
export type WireFailureKind =
  /** Not the PostgreSQL protocol, or a broken rendering of it. */
  | 'protocol'
  /** The server answered "no" to the request for TLS. */
  | 'tls-not-supported'
  /** A certificate of the authorities in the settings cannot be read. */
  | 'authority-unreadable'
  /** A log-in cannot be bound to the TLS connection, because of the server's certificate. */
  | 'tls-binding'
  /** The server wants the password in a way that would give it away, or in a way that is not supported. */
  | 'authentication-method'
  /** It wants it in a weaker way than it did before. */
  | 'method-downgraded'
  /** SCRAM with so few iterations that the password can be guessed from one log-in. */
  | 'iterations-too-few'
  /** SCRAM with so many that it would keep this computer busy. */
  | 'iterations-too-many'
  /** SCRAM in which the server does not know the password. */
  | 'server-unproven'
  /** The server asks for a password and there is none. */
  | 'password-missing'
  /** The socket closed without a reason being given. */
  | 'closed'
  /** A transaction stayed open without a statement for too long. */
  | 'idle-in-transaction'
  /** The server never stops sending what nobody asked for. */
  | 'flood'
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
