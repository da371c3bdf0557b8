import { shellSafe, urlHost, wholeSeconds } from '../../../connectionText/writeUrl.ts';
import type { TimeoutSettings } from '../../../model/poolSettings.ts';
import type { TlsMode, TlsSettings } from '../../../model/tls.ts';
import type { PostgresConfig } from '../config.ts';
import { hostsOf } from '../hosts.ts';

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
  config: PostgresConfig,
  { connectMs }: TimeoutSettings,
  password: string | null,
): string {
  const { database, user } = config;
  const login = [user, ...(password === null ? [] : [password])].map(shellSafe).join(':');
  const query = [
    ...(config.socketFolder === undefined ? protection(config) : []),
    ...choiceOfHost(config),
    ...wholeSeconds('connect_timeout', connectMs),
  ].join('&');
  const settings = query === '' ? '' : `?${query}`;
  return `postgresql://${login}@${placesText(config)}/${shellSafe(database)}${settings}`;
}

/** A socket's folder stands in the place of the host, as libpq has it. */
function placesText(config: PostgresConfig): string {
  if (config.socketFolder !== undefined) return `${shellSafe(config.socketFolder)}:${config.port}`;
  return hostsOf(config)
    .map(({ host, port }) => `${urlHost(host)}:${port}`)
    .join(',');
}

const choiceOfHost = ({ targetSession, balanceHosts }: PostgresConfig): string[] => [
  ...(targetSession === undefined ? [] : [`target_session_attrs=${targetSession}`]),
  ...(balanceHosts === true ? ['load_balance_hosts=random'] : []),
];

const protection = ({ tls, channelBinding, tlsNegotiation }: PostgresConfig): string[] => [
  ...tlsSettings(tls),
  ...(channelBinding === undefined ? [] : [`channel_binding=${channelBinding}`]),
  ...(tlsNegotiation === undefined ? [] : [`sslnegotiation=${tlsNegotiation}`]),
];

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
