/** A proxy did not open the way. The message says what was seen; the words for people stand elsewhere. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused';
  /** As the proxy answered; null when that was not the protocol. */
  readonly status: number | null;
  /** For people who look for it: the status, or `PROXY`. */
  readonly code: string;

  constructor(status: number | null, message: string) {
    super(message);
    this.status = status;
    this.code = status === null ? 'PROXY' : String(status);
  }
}
