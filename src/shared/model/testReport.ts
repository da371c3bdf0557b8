import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { relationSummarySchema } from './schemaTree.ts';

/** The stages of a connect, in order. `schema` is only part of a test. */
export const stageNames = ['dns', 'tcp', 'tls', 'auth', 'database', 'schema'] as const;
export const stageNameSchema = z.enum(stageNames);
export type StageName = z.infer<typeof stageNameSchema>;

/** One stage as it went. `skipped` stages were not needed (no DNS for an address, no TLS when it is off). */
export const stageSchema = z.strictObject({
  name: stageNameSchema,
  outcome: z.enum(['running', 'ok', 'skipped', 'failed']),
  /** Milliseconds on the monotonic clock; null while running and when skipped. */
  durationMs: z.number().nullable(),
  /** What was found: the address, the TLS version, the authentication method. */
  note: z.string().max(200).nullable(),
});
export type Stage = z.infer<typeof stageSchema>;

export const tlsStateSchema = z.discriminatedUnion('active', [
  z.strictObject({ active: z.literal(false) }),
  z.strictObject({
    active: z.literal(true),
    protocol: z.string(),
    cipher: z.string(),
    /** Whether the certificate was checked against an authority, and the host name too. */
    verified: z.enum(['none', 'ca', 'full']),
    subject: z.string().nullable(),
    issuer: z.string().nullable(),
    /** ISO date. */
    validTo: z.string().nullable(),
    fingerprint256: z.string().nullable(),
  }),
]);
export type TlsState = z.infer<typeof tlsStateSchema>;

export const serverInfoSchema = z.strictObject({
  /** `PostgreSQL 18.4 (Debian …)`, as version() says. */
  version: z.string(),
  /** `18.4`. */
  versionNumber: z.string(),
  database: z.string(),
  user: z.string(),
  timeZone: z.string(),
  serverEncoding: z.string(),
  clientEncoding: z.string(),
  /** A standby in recovery, or default_transaction_read_only. */
  readOnly: z.boolean(),
  isSuperuser: z.boolean(),
  /** Epoch milliseconds. */
  startedAt: z.number().nullable(),
  tls: tlsStateSchema,
});
export type ServerInfo = z.infer<typeof serverInfoSchema>;

export const schemaPreviewSchema = z.strictObject({
  /** The schema shown: the first of the search path that exists. */
  schema: z.string().nullable(),
  relations: z.array(relationSummarySchema).max(100),
  /** How many there are, also when more than are listed. */
  relationCount: z.int(),
});
export type SchemaPreview = z.infer<typeof schemaPreviewSchema>;

/** What a connection test found. A failed connection is a result like any other, with the stages up to the failure. */
export const testReportSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('passed'),
    stages: z.array(stageSchema),
    totalMs: z.number(),
    server: serverInfoSchema,
    preview: schemaPreviewSchema,
  }),
  z.strictObject({
    outcome: z.literal('failed'),
    stages: z.array(stageSchema),
    totalMs: z.number(),
    error: errorDtoSchema,
  }),
]);
export type TestReport = z.infer<typeof testReportSchema>;
