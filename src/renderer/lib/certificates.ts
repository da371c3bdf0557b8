import type { TlsState } from '../../shared/model/testReport.ts';
import { serverText } from '../text/server.ts';
import type { LabelledText } from './factList.ts';

const dayMs = 24 * 3_600_000;
/** From so many days before its end a certificate is warned of. */
const warningDays = 30;

interface ShownCertificate {
  readonly whose: 'server' | 'client';
  readonly subject: string | null;
  readonly issuer: string | null;
  /** Epoch milliseconds. */
  readonly validTo: number | null;
}

function certificatesOf(tls: TlsState): ShownCertificate[] {
  if (!tls.active) return [];
  const timeOf = (date: string | null) => (date === null ? null : Date.parse(date));
  const { subject, issuer, validTo, client } = tls;
  const all: ShownCertificate[] = [
    { whose: 'server', subject, issuer, validTo: timeOf(validTo) },
    ...(client === undefined
      ? []
      : [{ whose: 'client' as const, ...client, validTo: timeOf(client.validTo) }]),
  ];
  return all.filter((shown) => shown.subject !== null || shown.issuer !== null || shown.validTo !== null);
}

/** The certificates of a connection: the server's, and this computer's own if it has one. */
export const certificateFacts = (tls: TlsState): LabelledText[] =>
  certificatesOf(tls).map(({ whose, subject, issuer, validTo }) => ({
    label: serverText.certificate[whose],
    value: serverText.certificateText(subject ?? serverText.unknown, issuer ?? serverText.unknown, validTo),
  }));

/** A sentence for each certificate that ends soon, or has ended. */
export const certificateWarnings = (tls: TlsState, nowMs: number): string[] =>
  certificatesOf(tls).flatMap(({ whose, validTo }) => {
    if (validTo === null) return [];
    const daysLeft = Math.floor((validTo - nowMs) / dayMs);
    return daysLeft > warningDays ? [] : [serverText.certificateEnds(whose, daysLeft, validTo)];
  });
