/**
 * A host name as the network will see it: lower case, punycode, numbers written out as an address. An IPv6 address stays
 * as it is. Null when it is no valid name or address.
 */
export function networkHost(host: string): string | null {
  if (host.includes(':')) return host;
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return null;
  }
}
