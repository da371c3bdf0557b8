import { createHash, X509Certificate } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Endpoint } from '../../../shared/engines/Engine.ts';
import { endpointOf, engineOf } from '../../../shared/engines/engines.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { TlsMode } from '../../../shared/model/tls.ts';
import { cleanText } from '../../base/cleanText.ts';

const tlsText: Record<TlsMode, string> = {
  disable: 'not encrypted',
  allow: 'not encrypted, unless the server requires it',
  prefer: 'encrypted if the server offers it, server not verified',
  encrypt: 'encrypted, server not verified',
  'verify-ca': 'encrypted, certificate verified',
  'verify-full': 'encrypted, certificate and host name verified',
};

/** A bundle of more certificates than this is described by the hash of its text. */
const maxFingerprints = 3;

const certificatePattern = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Longest text of a name that is shown; what a server allows is shorter. */
const maxNameLength = 320;
const maxPathLength = 4_096;

/**
 * Everything that decides who receives a secret (see endpointBinding.ts), for a person to read in a dialog of the
 * system: one fact a line. A host with other than ASCII letters is shown in its ASCII form too, because some letters of
 * other scripts look like Latin ones.
 */
export function endpointText({ engine }: EndpointFields): string {
  const { place, names, tls } = endpointOf(engine);
  return [
    `Kind: ${engineOf(engine.kind).label}`,
    `Address: ${addressText(place)}`,
    ...names.map(
      ({ label, value }) => `${label}: ${value === '' ? 'none' : cleanText(value, maxNameLength)}`,
    ),
    `Encryption (TLS): ${tls === null ? 'none, the connection stays on this computer' : tlsText[tls.mode]}`,
    ...(tls !== null && tls.caPem !== null ? [authorityText(tls.caPem)] : []),
    ...(tls?.caFile === undefined
      ? []
      : [`Custom CA certificates: those in the file ${cleanText(tls.caFile, maxPathLength)}`]),
  ].join('\n');
}

/** Where a server is, as a dialog of the system shows it. */
export function addressText(place: Endpoint['place']): string {
  if ('socketPath' in place) return `socket ${cleanText(place.socketPath, maxNameLength)}`;
  return `${hostText(place.host)}, port ${place.port}`;
}

function hostText(host: string): string {
  const shown = cleanText(host, 253);
  const ascii = domainToASCII(host);
  const isPlain = ascii === '' || ascii === host.toLowerCase();
  return isPlain ? shown : `${shown} (${ascii})`;
}

/** Names every certificate that is trusted: one more behind a known one must not go unseen. */
function authorityText(pem: string): string {
  const prints = (pem.match(certificatePattern) ?? []).map(fingerprintOf);
  const blockCount = pem.match(/-----BEGIN /g)?.length ?? 0;
  const areAllShown = prints.length === blockCount && !prints.includes(null);
  if (!areAllShown || prints.length > maxFingerprints) {
    const digest = createHash('sha256').update(pem).digest('hex').toUpperCase();
    return `Custom CA certificates: ${blockCount} in a file with the SHA-256 hash ${digest}`;
  }
  return prints.map((print) => `Custom CA certificate, SHA-256 fingerprint: ${print}`).join('\n');
}

/** Null for what is no certificate. */
function fingerprintOf(pem: string): string | null {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return null;
  }
}
