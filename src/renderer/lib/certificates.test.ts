import { describe, expect, it } from 'vitest';
import type { TlsState } from '../../shared/model/testReport.ts';
import { certificateFacts, certificateWarnings } from './certificates.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(now + days * dayMs).toISOString();

const tls = (validTo: string | null, client?: string): TlsState => ({
  ...{ active: true, protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: 'full' },
  ...{ subject: 'db.example.com', issuer: 'Example CA', validTo, fingerprint256: null },
  ...(client !== undefined && { client: { subject: 'ann', issuer: 'Example CA', validTo: client } }),
});

describe('the certificates of a connection', () => {
  it('are shown with subject, issuer and last day', () => {
    expect(certificateFacts(tls(inDays(31), inDays(62)))).toEqual([
      { label: 'Server certificate', value: 'db.example.com, issued by Example CA, valid until 31 Dec 2026' },
      { label: 'Client certificate', value: 'ann, issued by Example CA, valid until 31 Jan 2027' },
    ]);
    expect(certificateFacts({ active: false })).toEqual([]);
  });

  it('are warned of from 30 days before their last day, each on its own', () => {
    expect(certificateWarnings(tls(inDays(31), inDays(400)), now)).toEqual([]);
    expect(certificateWarnings(tls(inDays(30.5), inDays(1.2)), now)).toEqual([
      "The server's certificate expires in 30 days, on 31 Dec 2026.",
      'Your client certificate expires in 1 day, on 1 Dec 2026.',
    ]);
    expect(certificateWarnings(tls(inDays(-2)), now)).toEqual([
      "The server's certificate expired on 28 Nov 2026.",
    ]);
    expect(certificateWarnings(tls(null), now)).toEqual([]);
  });
});
