import type { TlsState } from '../../shared/model/testReport.ts';

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
  /** `TLSv1.3, certificate and host name verified`. */
  tlsState: (tls: TlsState) => (tls.active ? `${tls.protocol}, ${verified[tls.verified]}` : 'Not encrypted'),
  unknown: 'Unknown',
  none: 'None',
  yes: 'Yes',
  no: 'No',
  superuser:
    'This user is a superuser with unrestricted access to the server. Use a user with fewer privileges if possible.',
};
