import type { DataSourceFields } from './dataSource.ts';

/**
 * What decides who receives a secret of a data source, besides the authority that its certificate comes from: kind, host,
 * port, database, user and TLS mode, in this order.
 *
 * The port of the demo server is left out: it takes another free one when its own is taken.
 */
export function endpointParts(fields: DataSourceFields): readonly string[] {
  const { kind, host, port, database, user, tls, demo } = fields;
  return [kind, normalHost(host), demo ? 'demo' : String(port), database, user, tls.mode];
}

/** Whether a secret of the one would reach the same server, in the same way, as one of the other. */
export function isSameEndpoint(left: DataSourceFields, right: DataSourceFields): boolean {
  const parts = endpointParts(right);
  return (
    left.tls.caPem === right.tls.caPem && endpointParts(left).every((part, index) => part === parts[index])
  );
}

/**
 * Evens out only what is surely the same host, and by rules that no library or Unicode version will ever change (the
 * hash in main must stay the same for years): case of ASCII letters, and brackets around an IPv6 address. A trailing dot
 * stays, since a search domain can make it another host.
 */
function normalHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
