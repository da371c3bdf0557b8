import { createHash } from 'node:crypto';
import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import { lengthPrefixed } from '../base/canonicalBytes.ts';

/**
 * SHA-256 over everything that decides who receives a secret of this data source. A secret is sealed for this hash, so
 * that whoever edits the stored host, port, user, database or TLS settings gets no password sent to a place of his choice.
 *
 * The port of the demo server is left out: it takes another free one when its own is taken.
 */
export function endpointHash(fields: DataSourceFields): Buffer {
  const canonical = lengthPrefixed([
    'mooring-endpoint-1',
    fields.kind,
    normalHost(fields.host),
    fields.demo ? 'demo' : String(fields.port),
    fields.database,
    fields.user,
    fields.tls.mode,
    fields.tls.caPem === null ? '' : sha256(fields.tls.caPem),
  ]);
  return sha256(canonical);
}

/**
 * Evens out only what is surely the same host, and by rules that no library or Unicode version will ever change (the
 * hash must stay the same for years): case of ASCII letters, and brackets around an IPv6 address. A trailing dot stays,
 * since a search domain can make it another host.
 */
function normalHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return bare.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function sha256(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}
