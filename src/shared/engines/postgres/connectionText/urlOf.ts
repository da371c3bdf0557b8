import { shellSafe, urlHost, wholeSeconds } from '../../../connectionText/writeUrl.ts';
import type { TimeoutSettings } from '../../../model/poolSettings.ts';
import type { TlsMode, TlsSettings } from '../../../model/tls.ts';
import type { PostgresConfig } from '../config.ts';

/** libpq's words; `require` encrypts without checking who answers. */
const sslModes: Record<TlsMode, string> = {
  disable: 'disable',
  allow: 'allow',
  prefer: 'prefer',
  encrypt: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/**
 * The URL that psql 16 and other clients take. It holds what libpq knows: an authority of its own, the pool and the
 * other time-outs are not in it.
 */
export function urlOf(
  { host, port, database, user, tls, channelBinding, tlsNegotiation }: PostgresConfig,
  { connectMs }: TimeoutSettings,
  password: string | null,
): string {
  const login = [user, ...(password === null ? [] : [password])].map(shellSafe).join(':');
  const query = [
    ...tlsSettings(tls),
    ...(channelBinding === undefined ? [] : [`channel_binding=${channelBinding}`]),
    ...(tlsNegotiation === undefined ? [] : [`sslnegotiation=${tlsNegotiation}`]),
    ...wholeSeconds('connect_timeout', connectMs),
  ].join('&');
  return `postgresql://${login}@${urlHost(host)}:${port}/${shellSafe(database)}?${query}`;
}

/**
 * Without an authority of its own, Mooring trusts those of the system; libpq would look for a file in the home folder
 * and fail without it.
 */
function tlsSettings({ mode, caPem, caFile, client, minVersion, sni }: TlsSettings): string[] {
  const usesSystem = mode === 'verify-full' && caPem === null && caFile === undefined;
  return [
    `sslmode=${sslModes[mode]}`,
    ...(usesSystem ? ['sslrootcert=system'] : []),
    ...(caFile === undefined ? [] : [`sslrootcert=${shellSafe(caFile)}`]),
    ...clientSettings(client),
    ...(minVersion === undefined ? [] : [`ssl_min_protocol_version=TLSv${minVersion}`]),
    ...(sni === false ? ['sslsni=0'] : []),
  ];
}

/** libpq takes no PKCS #12; other libraries do in the place of the key. */
function clientSettings(client: TlsSettings['client']): string[] {
  if (client === undefined) return [];
  if (client.type === 'pkcs12') return [`sslkey=${shellSafe(client.path)}`];
  return [`sslcert=${shellSafe(client.certificatePath)}`, `sslkey=${shellSafe(client.keyPath)}`];
}
