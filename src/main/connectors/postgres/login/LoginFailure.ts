/**
 * Why a log-in was given up before the server refused it. `loginFailures` has the words for people; the message here says
 * what was seen.
 */
export type LoginFailureKind =
  /** It cannot be bound to the TLS connection, because of the server's certificate. */
  | 'tls-binding'
  /** It was not to be made without being bound to the TLS connection, and the server has it so. */
  | 'binding-required'
  /** The server does not take TLS from the first byte. */
  | 'direct-tls'
  /** The server wants the password in a way that would give it away, or in a way that is not supported. */
  | 'authentication-method'
  /** It wants no password but a single sign-on: Kerberos (GSSAPI) or SSPI. */
  | 'single-sign-on'
  /** It wants it in a weaker way than it did before. */
  | 'method-downgraded'
  /** SCRAM with so few iterations that the password can be guessed from one log-in. */
  | 'iterations-too-few'
  /** SCRAM with so many that it would keep this computer busy. */
  | 'iterations-too-many'
  /** SCRAM in which the server does not know the password. */
  | 'server-unproven'
  /** The server asks for a password and there is none. */
  | 'password-missing';

export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
  readonly kind: LoginFailureKind;

  constructor(kind: LoginFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
