import { z } from 'zod';
import { filePathSchema } from './filePath.ts';

/**
 * How the wire is protected, from the weakest to the strongest. `encrypt` hides data from onlookers but trusts whoever
 * answers.
 *
 * `allow` and `prefer` are libpq's: plain text first, or TLS first, and the other where the server wants it so. Whoever is
 * on the way can choose plain text for both. They are for people who choose them by name: nothing ever falls to them.
 */
export const tlsModeSchema = z.enum(['disable', 'allow', 'prefer', 'encrypt', 'verify-ca', 'verify-full']);
export type TlsMode = z.infer<typeof tlsModeSchema>;

/** Whether a connection under this mode may end up as plain text. */
export const mayBePlain = (mode: TlsMode): boolean =>
  mode === 'disable' || mode === 'allow' || mode === 'prefer';

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

/** The secret field of every engine that has TLS. */
export const tlsSecretFields = ['clientKeyPassphrase'] as const;
export type TlsSecretField = (typeof tlsSecretFields)[number];

/** The newer of the two versions that are safe. */
export const newestTlsVersion = '1.3';

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
