import { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { z } from 'zod';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import { readAuthorityFile } from './authorityFile.ts';
import { type AskPassphrase, type ClientIdentity, readClientIdentity } from './clientIdentity.ts';
import { tlsFileUnusable } from './tlsErrors.ts';
import { certificateOf, type TlsCertificate } from './tlsState.ts';
import { secureContextOf } from './trust.ts';

/** All that the handshakes of one connect go by; what stands in files was read. */
export interface PreparedTls {
  /** Any mode but `disable`. */
  readonly settings: TlsSettings;
  readonly context: SecureContext;
  /** This computer's own, which the server is shown when it asks; null when there is none. */
  readonly client: TlsCertificate | null;
}

/**
 * Reads what the settings name. Before the server is asked for TLS, so that nothing is waited for between its answer and
 * the handshake.
 * @param passphrase of the key, asked only when it is needed
 * @throws WireFailure (authority-unreadable), TLS_FILE_UNUSABLE, what `passphrase` throws
 */
export async function prepareTls(settings: TlsSettings, passphrase: AskPassphrase): Promise<PreparedTls> {
  const { caPem, caFile, client, minVersion } = settings;
  const authorities = caFile === undefined ? caPem : await readAuthorityFile(caFile);
  const identity = client === undefined ? null : await readClientIdentity(client, passphrase);
  const context = secureContextOf({ authorities, identity, minVersion });
  return { settings, context, client: identity === null ? null : ownCertificate(context, identity) };
}

/** What Node keeps of the certificate in a context, where it lets others see it. */
const contextSchema = z.object({
  context: z.object({
    getCertificate: z.custom<() => Buffer | null>((value) => typeof value === 'function'),
  }),
});

/** The same for PEM and PKCS #12, which nothing else of Node opens. */
function ownCertificate(context: SecureContext, { path }: ClientIdentity): TlsCertificate | null {
  const open = contextSchema.safeParse(context);
  const bytes = open.success ? open.data.context.getCertificate.call(context.context) : null;
  if (bytes === null) return null;
  const certificate = certificateOf(new X509Certificate(bytes).toLegacyObject());
  if (certificate.validTo !== null && Date.parse(certificate.validTo) < Date.now()) {
    throw tlsFileUnusable(
      'client certificate',
      path,
      `It has expired: it was valid until ${certificate.validTo}.`,
      "Renew the certificate, and check this computer's date and time.",
    );
  }
  return certificate;
}
