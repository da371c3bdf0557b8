import { z } from 'zod';
import { engineKindSchema } from '../engines/settings.ts';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { draftSchema } from './dataSource.ts';
import { dataSourceIdSchema } from './ids.ts';
import {
  methodSchema,
  pairSchema,
  parameterSchema,
  requestBodySchema,
  resourceColumnSchema,
  resourceSchema,
  resourcesSchema,
} from './resources.ts';
import { relationRefSchema } from './schemaTree.ts';

/** Requests that people send to an API, and what comes back; as the window sees them no secret is in them. */

/** Longest part of an answer's body that a window gets, in characters. */
export const shownBodyLength = 2_000_000;

/** One request as a person writes it. */
export const apiRequestSchema = z.strictObject({
  method: methodSchema,
  /** Behind the base URL, with `{name}` for path parameters. */
  path: z.string().max(4_000),
  parameters: z.array(parameterSchema).max(200),
  headers: z.array(pairSchema).max(100),
  body: requestBodySchema,
});
export type ApiRequest = z.infer<typeof apiRequestSchema>;

/** Milliseconds of each stage; null for one that was not needed, as on a connection that was open. */
export const timingSchema = z.strictObject({
  /** Waiting for the rate limit, or between two attempts. */
  waitMs: z.number(),
  dnsMs: z.number().nullable(),
  tcpMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  /** From the last byte sent to the first of the answer. */
  firstByteMs: z.number(),
  downloadMs: z.number(),
  totalMs: z.number(),
});
export type RequestTiming = z.infer<typeof timingSchema>;

/** A request as it went out and what came back; secrets are replaced by `•••`. */
export const answerSchema = z.strictObject({
  method: methodSchema,
  url: z.string().max(20_000),
  sentHeaders: z.array(pairSchema),
  status: z.int(),
  statusText: z.string().max(200),
  headers: z.array(pairSchema),
  timing: timingSchema,
  /** How often it was sent, with those that were answered by a wait. */
  attempts: z.int().min(1),
  /** Addresses that it was redirected from, in order. */
  redirectedFrom: z.array(z.string().max(20_000)),
  /** Bytes on the wire, and unpacked. */
  byteCount: z.int().min(0),
  unpackedByteCount: z.int().min(0),
  contentType: z.string().max(500),
  /** The body as text, or its beginning; null when it is none that can be shown as text. */
  body: z.string().max(shownBodyLength).nullable(),
  isCut: z.boolean(),
});
export type Answer = z.infer<typeof answerSchema>;

export const sendInputSchema = z.strictObject({ id: dataSourceIdSchema, request: apiRequestSchema });

export const previewInputSchema = z.strictObject({
  draft: draftSchema,
  /** As it is edited, not as it is in the draft. */
  resource: resourceSchema,
});

/** What the settings of a resource do with a real answer: first page, and one request for the second if there is one. */
export const resourcePreviewSchema = z.strictObject({
  /** The requests that were sent, in order. */
  answers: z.array(answerSchema).max(5),
  /** Columns as they are set, or as they are inferred from these records. */
  columns: z.array(resourceColumnSchema),
  /** First records: exact text of each value by column; null where there is none. */
  rows: z.array(z.array(z.string().max(20_000).nullable())).max(100),
  /** Records on the first page. */
  recordCount: z.int().min(0),
  /** How many there are in all, where the API tells. */
  total: z.number().nullable(),
  /** What the pagination found for the second page: a cursor, an address, a number; null when there is none. */
  next: z.string().max(20_000).nullable(),
  /** What is wrong or odd, in plain words, such as a second page that repeats the first. */
  warnings: z.array(z.string().max(500)).max(20),
  /** Why it stopped; what came before is in here all the same. */
  error: errorDtoSchema.nullable(),
});
export type ResourcePreview = z.infer<typeof resourcePreviewSchema>;

const documentSourceSchema = z.discriminatedUnion('type', [
  /** Main asks for the file. */
  z.strictObject({ type: z.literal('file') }),
  z.strictObject({ type: z.literal('url'), url: z.string().max(2_000) }),
  z.strictObject({ type: z.literal('text'), text: z.string().max(20_000_000) }),
]);

export const documentInputSchema = z.strictObject({ kind: engineKindSchema, from: documentSourceSchema });

/** What an OpenAPI document offers. */
export const apiDocumentSchema = z.strictObject({
  title: z.string().max(500),
  version: z.string().max(100),
  servers: z
    .array(
      z.strictObject({
        /** With `{name}` for its variables, absolute but for those. */
        url: z.string().max(2_000),
        /** The same with the defaults of its variables. */
        defaultUrl: z.string().max(2_000),
        description: z.string().max(500),
        variables: z.array(
          z.strictObject({
            name: z.string().max(200),
            value: z.string().max(500),
            choices: z.array(z.string()),
          }),
        ),
      }),
    )
    .max(50),
  /** How the document says that one logs in, as values for the form's fields. */
  authentication: z.record(z.string(), z.string()).nullable(),
  operations: z
    .array(
      z.strictObject({
        resource: resourceSchema,
        warnings: z.array(z.string().max(500)).max(20),
        /** Whether it looks like a list of records, and so is chosen at first. */
        isLikely: z.boolean(),
      }),
    )
    .max(2_000),
  warnings: z.array(z.string().max(500)).max(50),
});
export type ApiDocument = z.infer<typeof apiDocumentSchema>;

export const saveResourcesInputSchema = z.strictObject({
  resources: resourcesSchema,
  suggestedName: z.string().max(200),
});

/** The file of resources; documented in docs/rest.md. */
export const resourceFileSchema = z.strictObject({
  format: z.literal('mooring-resources'),
  version: z.literal(1),
  resources: resourcesSchema,
});

export const curlInputSchema = z.strictObject({
  id: dataSourceIdSchema,
  what: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('request'), request: apiRequestSchema }),
    z.strictObject({ type: z.literal('resource'), relation: relationRefSchema }),
  ]),
  /** Main asks before it puts a secret on the clipboard. */
  withSecrets: z.boolean(),
});
