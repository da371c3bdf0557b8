import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { factSchema } from './fact.ts';
import { rowCountSchema } from './schemaTree.ts';

/** One stage as it went. `skipped` stages were not needed (no DNS for an address, no TLS when it is off). */
export const stageSchema = z.strictObject({
  /** The connector's name for it, such as `tcp`; the words stand in the engine's text. */
  name: z.string().max(40),
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
    /** The certificate of this computer that the server was shown, if it asked for one; absent when there is none. */
    client: z
      .strictObject({
        subject: z.string().nullable(),
        issuer: z.string().nullable(),
        /** ISO date. */
        validTo: z.string().nullable(),
      })
      .optional(),
  }),
]);
export type TlsState = z.infer<typeof tlsStateSchema>;

/** What kind of server it is, beyond product and version. */
export const serverFamilySchema = z.strictObject({
  /** The product whose protocol it speaks, where it is another one: `PostgreSQL` for CockroachDB. */
  protocol: z.string().max(40).nullable(),
  /** What it is besides, by the names that people know: an extension, a host of servers, a pooler. */
  parts: z
    .array(z.strictObject({ name: z.string().max(40), version: z.string().max(40).nullable() }))
    .max(12),
  /** What is switched off, by keys of the engine's words. */
  limits: z.array(z.string().max(40)).max(20),
});
export type ServerFamily = z.infer<typeof serverFamilySchema>;

/** What a server says about itself and the session. Null is "not known": the server refused to say. */
export const serverInfoSchema = z.strictObject({
  /** `PostgreSQL`, `MariaDB`: what answered, which need not be what was expected. */
  product: z.string().nullable(),
  /** `18.4`. */
  versionNumber: z.string().nullable(),
  family: serverFamilySchema,
  /** Whether this session refuses to write, for whatever reason. */
  readOnly: z.boolean().nullable(),
  /** Whether the user can do anything on this server. */
  isSuperuser: z.boolean().nullable(),
  /** Whether the user may write files or run programs on the server, which a read-only session does not prevent. */
  reachesServer: z.boolean().nullable(),
  /** Epoch milliseconds. */
  startedAt: z.number().nullable(),
  tls: tlsStateSchema,
  /** What else is worth knowing, in the engine's order. */
  facts: z.array(factSchema).max(40),
});
export type ServerInfo = z.infer<typeof serverInfoSchema>;

export const previewRelationSchema = z.strictObject({
  name: z.string(),
  columnCount: z.int(),
  rows: rowCountSchema.nullable(),
});
export type PreviewRelation = z.infer<typeof previewRelationSchema>;

/** Where the tables and views of a database are. A partition counts with the table it is a part of. */
export const schemaPreviewSchema = z.strictObject({
  /** The schema shown: the first of the search path that exists. */
  schema: z.string().nullable(),
  relations: z.array(previewRelationSchema).max(100),
  /** How many there are, also when more than are listed. */
  relationCount: z.int(),
  /** The largest of the other schemas that hold any, those of the system left out. */
  otherSchemas: z.array(z.strictObject({ name: z.string(), relationCount: z.int() })).max(5),
  /** How many other schemas hold any, and how many tables and views are in all of them. */
  otherSchemaCount: z.int(),
  otherRelationCount: z.int(),
});
export type SchemaPreview = z.infer<typeof schemaPreviewSchema>;

/** What a connection test found. A failed connection is a result like any other, with the stages up to the failure. */
export const testReportSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('passed'),
    stages: z.array(stageSchema),
    totalMs: z.number(),
    server: serverInfoSchema,
    /** Null when the server refused to list its tables. */
    preview: schemaPreviewSchema.nullable(),
  }),
  z.strictObject({
    outcome: z.literal('failed'),
    stages: z.array(stageSchema),
    totalMs: z.number(),
    error: errorDtoSchema,
  }),
]);
export type TestReport = z.infer<typeof testReportSchema>;
