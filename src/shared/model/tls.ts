import { z } from 'zod';
import { filePathSchema } from './filePath.ts';
import { newestTlsVersion, tlsModes } from './tlsModes.ts';

/** How the wire is protected. */
export const tlsModeSchema = z.enum(tlsModes);
export type { TlsMode } from './tlsModes.ts';

/** In characters; PEM has no others than ASCII. */
export const maxAuthorityLength = 512 * 1024;

/** PEM of the certificate authorities to trust instead of the system's. A cloud's bundle of all its own is about 200 kB. */
export const authoritySchema = z
  .string()
  .max(maxAuthorityLength)
  .refine((pem) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem), {
    error: 'Not a PEM certificate',
  });

/**
 * The certificate by which this computer shows who it is, as paths: the files are read at each connect, so that renewed
 * ones are followed, and the key is never copied. A passphrase is the secret `clientKeyPassphrase`.
 */
export const clientCertificateSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('pem'),
    /** The certificate, and the others of its chain behind it. */
    certificatePath: filePathSchema('Certificate file'),
    /** May be the same file. */
    keyPath: filePathSchema('Key file'),
  }),
  /** Certificate and key in one file (PKCS #12). */
  z.strictObject({ type: z.literal('pkcs12'), path: filePathSchema('PKCS #12 file') }),
]);
export type ClientCertificate = z.infer<typeof clientCertificateSchema>;

export const tlsSettingsSchema = z
  .strictObject({
    mode: tlsModeSchema,
    /** Null: those of the system, or of `caFile`. */
    caPem: authoritySchema.nullable(),
    /** A file of such certificates, in the place of `caPem`; read at each connect, so that a renewed one is followed. */
    caFile: filePathSchema('CA certificate file').optional(),
    /** Absent: none. */
    client: clientCertificateSchema.optional(),
    /** The oldest version that is spoken; absent: 1.2. */
    minVersion: z.literal(newestTlsVersion).optional(),
    /** False: the name of the host is not sent in the handshake (SNI), where everybody on the way can read it. */
    sni: z.literal(false).optional(),
  })
  .refine((tls) => tls.mode !== 'verify-ca' || tls.caPem !== null || tls.caFile !== undefined, {
    error: 'This mode requires a CA certificate',
    path: ['caPem'],
  })
  .refine((tls) => tls.caPem === null || tls.caFile === undefined, {
    error: 'The CA certificates are either here or in a file',
    path: ['caFile'],
  });
export type TlsSettings = z.infer<typeof tlsSettingsSchema>;
