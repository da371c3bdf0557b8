import { z } from 'zod';

/**
 * How the wire is protected. There is no "prefer": a server that answers "no TLS" never silently gets plain text.
 * `encrypt` hides data from onlookers but trusts whoever answers.
 */
export const tlsModeSchema = z.enum(['disable', 'encrypt', 'verify-ca', 'verify-full']);
export type TlsMode = z.infer<typeof tlsModeSchema>;

/** In characters; PEM has no others than ASCII. */
export const maxAuthorityLength = 512 * 1024;

/** PEM of the certificate authorities to trust instead of the system's. A cloud's bundle of all its own is about 200 kB. */
export const authoritySchema = z
  .string()
  .max(maxAuthorityLength)
  .refine((pem) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem), {
    error: 'Not a PEM certificate',
  });

export const tlsSettingsSchema = z
  .strictObject({
    mode: tlsModeSchema,
    /** Null: those of the system. */
    caPem: authoritySchema.nullable(),
  })
  .refine((tls) => tls.mode !== 'verify-ca' || tls.caPem !== null, {
    error: 'This mode requires a CA certificate',
    path: ['caPem'],
  });
export type TlsSettings = z.infer<typeof tlsSettingsSchema>;
