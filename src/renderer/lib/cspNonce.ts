/** The nonce that main put into the page for this load; style elements without it are refused. */
export function readCspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
