export type LogInFailureKind =
  /** The server wants the password in a way that Mooring does not speak. */
  | 'method-unknown'
  /** It wants no password but a single sign-on: Kerberos or that of Windows. */
  | 'single-sign-on'
  /** It wants it in a way that would give it away on this wire. */
  | 'password-exposed'
  /** It wants it in a weaker way than it did before. */
  | 'method-downgraded'
  /** The password was proven in vain; the account has another method, which Mooring does not speak. */
  | 'password-rejected';

/** Why a log-in was given up on our side. `connectFailures` has the words for people. */
export class LogInFailure extends Error {
  override readonly name = 'LogInFailure';
  readonly kind: LogInFailureKind;
  /** The server's name of the method that it asked for. */
  readonly method: string;

  constructor(kind: LogInFailureKind, method: string, message: string) {
    super(message);
    this.kind = kind;
    this.method = method;
  }
}
