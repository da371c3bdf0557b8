import { networkHost } from '../../shared/connectionText/networkHost.ts';
import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import { defaultTimeoutSettings } from '../../shared/model/poolSettings.ts';
import type { TlsMode, TlsSettings } from '../../shared/model/tls.ts';

/** libpq's words; `require` encrypts without checking who answers. */
const sslModes: Record<TlsMode, string> = {
  disable: 'disable',
  encrypt: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

type UrlFields = Pick<DataSourceFields, 'host' | 'port' | 'database' | 'user' | 'tls' | 'timeouts'>;

/**
 * The URL that psql 16 and other clients take, and that a shell leaves as it is between quotes. It holds what libpq
 * knows: an authority of its own, the pool and the other time-outs are not in it.
 * @param password in the URL when it is not null
 */
export function connectionUrlOf(
  { host, port, database, user, tls, timeouts }: UrlFields,
  password: string | null,
): string {
  const login = [user, ...(password === null ? [] : [password])].map(encoded).join(':');
  const query = [...tlsSettings(tls), ...connectTimeout(timeouts.connectMs)].join('&');
  return `postgresql://${login}@${hostText(host)}:${port}/${encoded(database)}?${query}`;
}

/**
 * Without an authority of its own, Mooring trusts those of the system; libpq would look for a file in the home folder
 * and fail without it.
 */
function tlsSettings({ mode, caPem }: TlsSettings): string[] {
  const usesSystem = mode === 'verify-full' && caPem === null;
  return [`sslmode=${sslModes[mode]}`, ...(usesSystem ? ['sslrootcert=system'] : [])];
}

/** libpq counts whole seconds. */
function connectTimeout(connectMs: number): string[] {
  if (connectMs === defaultTimeoutSettings.connectMs) return [];
  return [`connect_timeout=${Math.ceil(connectMs / 1_000)}`];
}

/** Percent-encoded with the characters that mean something to a shell, which `encodeURIComponent` leaves. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** An IPv6 address in brackets, its zone after an encoded % (RFC 6874); a name as the network sees it. */
function hostText(host: string): string {
  if (!host.includes(':')) return encoded(networkHost(host) ?? host);
  const address = host.replace(/^\[|\]$/g, '').replace('%', '%25');
  return `[${address}]`;
}
