import type { TlsState } from '../../shared/model/testReport.ts';
import { formatDay, plural } from '../lib/format.ts';

const verified = {
  none: 'server not verified',
  ca: 'certificate verified, host name not verified',
  full: 'certificate and host name verified',
};

/** What is said of every server, whatever its engine. */
export const serverText = {
  server: 'Server',
  /** Of a server that speaks the protocol of another product. */
  protocol: (product: string) => ` (${product} protocol)`,
  /** Behind product and version: ` · TimescaleDB 2.17`. */
  part: (name: string, version: string | null) => ` · ${version === null ? name : `${name} ${version}`}`,
  limits: 'Limits',
  access: 'Access',
  readOnly: 'Read-only',
  readOnlyButServer: 'Read-only, but this user can write files and run programs on the server',
  readWrite: 'Read and write',
  readWriteSuperuser: 'Read and write, as a superuser',
  started: 'Started',
  up: (uptime: string) => `up ${uptime}`,
  tls: 'Encryption',
  /** `TLSv1.3, TLS_AES_256_GCM_SHA384, certificate and host name verified`. */
  tlsState: (tls: TlsState) =>
    tls.active ? `${tls.protocol}, ${tls.cipher}, ${verified[tls.verified]}` : 'Not encrypted',
  certificate: { server: 'Server certificate', client: 'Client certificate' },
  certificateText: (subject: string, issuer: string, validTo: number | null) => {
    const valid = validTo === null ? '' : `, valid until ${formatDay(validTo)}`;
    return `${subject}, issued by ${issuer}${valid}`;
  },
  /** @param daysLeft whole days; negative when it has expired */
  certificateEnds: (whose: 'server' | 'client', daysLeft: number, validTo: number) => {
    const which = whose === 'server' ? "The server's certificate" : 'Your client certificate';
    const day = formatDay(validTo);
    if (daysLeft < 0) return `${which} expired on ${day}.`;
    return daysLeft === 0
      ? `${which} expires within a day, on ${day}.`
      : `${which} expires in ${plural(daysLeft, 'day', 'days')}, on ${day}.`;
  },
  unknown: 'Unknown',
  none: 'None',
  yes: 'Yes',
  no: 'No',
  superuser:
    'This user is a superuser with unrestricted access to the server. Use a user with fewer privileges if possible.',
};
