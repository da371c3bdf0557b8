import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import type { Clock } from '../../../base/Clock.ts';
import { duringStage } from '../../network/failures/connectError.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import { connectFailure } from './connectFailure.ts';
import { fullCheck } from './openWay.ts';
import type { TransportOptions } from './Transport.ts';

/**
 * How the sockets of a configuration are opened, and what may come through them.
 * @param secret the value of a secret field
 */
export function transportOptions(
  config: RestConfig,
  connectMs: number,
  { lookup, clock }: { readonly lookup: Lookup; readonly clock: Clock },
  secret: (field: string) => Promise<string | null>,
): TransportOptions {
  return {
    ...{ lookup, clock, connectMs },
    passphrase: () => secret('clientKeyPassphrase'),
    proxy: config.proxyUrl === null ? null : new URL(config.proxyUrl),
    tlsOf: (origin) => tlsOf(config, origin),
    maxBytes: maxBytesOf(config),
    explain: (error, origin, stage) => connectFailure(error, config, origin, duringStage[stage], connectMs),
  };
}

/** Most that an answer may have, unpacked. */
export const maxBytesOf = ({ maxResponseMb }: RestConfig): number => maxResponseMb * 1024 * 1024;

/** The settings are for the API and its authorization server; of any other host the certificate is checked in full. */
function tlsOf({ baseUrl, auth, tls }: RestConfig, { hostname }: URL): TlsSettings {
  const own = [baseUrl, 'tokenUrl' in auth ? auth.tokenUrl : baseUrl].map((url) => new URL(url).hostname);
  return own.includes(hostname) ? tls : fullCheck;
}

/** The name of the application as HTTP allows it. */
export const userAgentOf = (applicationName: string): string =>
  applicationName.replace(/[^!#$%&'*+.^_`|~0-9A-Za-z/ -]/g, '') || 'Mooring';
