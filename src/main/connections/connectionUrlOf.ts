import type { DataSourceFields, TlsMode } from '../../shared/model/dataSource.ts';

/** libpq's words; `require` encrypts without checking who answers. */
const sslModes: Record<TlsMode, string> = {
  disable: 'disable',
  encrypt: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/**
 * The URL that psql and other clients take. It holds what libpq knows: an authority of its own and the pool are not in
 * it.
 * @param password in the URL when it is not null
 */
export function connectionUrlOf(
  { host, port, database, user, tls }: Pick<DataSourceFields, 'host' | 'port' | 'database' | 'user' | 'tls'>,
  password: string | null,
): string {
  const login = [user, ...(password === null ? [] : [password])].map(encodeURIComponent).join(':');
  const path = encodeURIComponent(database);
  return `postgresql://${login}@${hostText(host)}:${port}/${path}?sslmode=${sslModes[tls.mode]}`;
}

/** An IPv6 address in brackets, its zone after an encoded % (RFC 6874); anything else percent-encoded. */
function hostText(host: string): string {
  if (!host.includes(':')) return encodeURIComponent(host);
  const address = host.replace(/^\[|\]$/g, '').replace('%', '%25');
  return `[${address}]`;
}
