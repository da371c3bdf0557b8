import { shellSafe, urlHost, wholeSeconds } from '../../../connectionText/writeUrl.ts';
import type { TimeoutSettings } from '../../../model/poolSettings.ts';
import type { TlsMode } from '../../../model/tls.ts';
import { allHosts } from '../../severalHosts.ts';
import type { MysqlConfig } from '../config.ts';

/** The words of MySQL Shell; `REQUIRED` encrypts without checking who answers. */
const sslModes: Record<TlsMode, string> = {
  disable: 'DISABLED',
  allow: 'PREFERRED',
  prefer: 'PREFERRED',
  encrypt: 'REQUIRED',
  'verify-ca': 'VERIFY_CA',
  'verify-full': 'VERIFY_IDENTITY',
};

/**
 * The URL that MySQL Shell and other clients take. An authority of its own, the time zone, which of several hosts is
 * wanted, the pool and the other time-outs are not in it.
 */
export function urlOf(config: MysqlConfig, { connectMs }: TimeoutSettings, password: string | null): string {
  const { database, user, compression } = config;
  const login = [user, ...(password === null ? [] : [password])].map(shellSafe).join(':');
  const query = [
    ...tlsSettings(config),
    ...wholeSeconds('connect-timeout', connectMs),
    ...(compression ? ['compression=PREFERRED'] : []),
  ];
  const settings = query.length === 0 ? '' : `?${query.join('&')}`;
  return `mysql://${login}@${placeText(config)}/${shellSafe(database ?? '')}${settings}`;
}

/**
 * A socket stands in the place of the host: a program that does not know this fails, while an unknown setting after the
 * question mark would send the password to the port of another server.
 */
const placeText = ({ socketPath, ...hosts }: MysqlConfig): string =>
  socketPath === null
    ? allHosts(hosts)
        .map(({ host, port }) => `${urlHost(host)}:${port}`)
        .join(',')
    : shellSafe(socketPath);

function tlsSettings({ socketPath, tls: { mode, caFile, client, minVersion } }: MysqlConfig): string[] {
  if (socketPath !== null) return [];
  return [
    `ssl-mode=${sslModes[mode]}`,
    ...(caFile === undefined ? [] : [`ssl-ca=${shellSafe(caFile)}`]),
    // MySQL Shell takes no PKCS #12.
    ...(client?.type === 'pem'
      ? [`ssl-cert=${shellSafe(client.certificatePath)}`, `ssl-key=${shellSafe(client.keyPath)}`]
      : []),
    ...(minVersion === undefined ? [] : [`tls-version=TLSv${minVersion}`]),
  ];
}
