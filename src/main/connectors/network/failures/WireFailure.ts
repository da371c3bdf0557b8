/**
 * What can go wrong on the way to a server, or with what it sends, that is neither an errno nor a server's answer. An
 * engine has further failures of its own. The message says what was seen; the words for people stand elsewhere.
 */
export type WireFailureKind =
  /** Not the engine's protocol, or a broken rendering of it. */
  | 'protocol'
  /** The server answered "no" to the request for TLS. */
  | 'tls-not-supported'
  /** A certificate of the authorities in the settings cannot be read. */
  | 'authority-unreadable'
  /** The socket closed without a reason being given. */
  | 'closed'
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
