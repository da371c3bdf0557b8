import { z } from 'zod';
import { callIdSchema, dataSourceIdSchema } from './ids.ts';

/** From the gravest to the most talkative. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export const logLevelSchema = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** A module of the app by its scope, such as `connections`. */
const logScopeSchema = z.string().regex(/^[a-z][a-zA-Z.-]{0,60}$/);

/** What is written: `level`, unless the module, or one that it is a part of, has a level of its own. */
export const logSettingsSchema = z.strictObject({
  level: logLevelSchema,
  scopes: z.record(logScopeSchema, logLevelSchema),
});
export type LogSettings = z.infer<typeof logSettingsSchema>;

export const logLevelsAnswerSchema = z.strictObject({
  settings: logSettingsSchema,
  /** Modules that a level can be given to. */
  scopes: z.array(z.string()),
});

/** An error in a line: of each cause code and text, with the stack of foreign ones. All of it is redacted. */
export interface LoggedError {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: LoggedError | undefined;
}

export const loggedErrorSchema: z.ZodType<LoggedError> = z.object({
  name: z.string(),
  code: z.string().nullable(),
  message: z.string(),
  stack: z.string().optional(),
  cause: z.lazy(() => loggedErrorSchema).optional(),
});

/** One line of the log, as it was written: redacted. */
export const logLineSchema = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  level: logLevelSchema,
  scope: z.string().nullable(),
  /** Of the call that caused it. */
  correlationId: z.string().nullable(),
  message: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  error: loggedErrorSchema.nullable(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A line as it stands in the file: one JSON object, with the fields beside what every line has. */
export function writtenLine({ at, fields, error, ...common }: LogLine): string {
  return JSON.stringify({
    time: new Date(at).toISOString(),
    ...common,
    ...fields,
    ...(error !== null && { error }),
  });
}

/** Which lines are wanted; null: all. */
export const logFilterSchema = z.strictObject({
  /** This one and graver ones. */
  level: logLevelSchema,
  /** This module and its parts. */
  scope: logScopeSchema.nullable(),
  sourceId: dataSourceIdSchema.nullable(),
  correlationId: callIdSchema.nullable(),
  /** Found anywhere in the line, in either case. */
  text: z.string().max(200),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

/** A place between two lines. It goes on meaning this place when the files are rotated. */
export const logPlaceSchema = z.strictObject({
  /** The file's inode. */
  file: z.string().regex(/^\d{1,20}$/),
  /** Bytes from its start. */
  offset: z.int().min(0),
});
export type LogPlace = z.infer<typeof logPlaceSchema>;

const maxPageLength = 500;

export const logPageInputSchema = z.strictObject({
  filter: logFilterSchema,
  before: logPlaceSchema,
  limit: z.int().min(1).max(maxPageLength),
});
export type LogPageInput = z.infer<typeof logPageInputSchema>;

export const logPageSchema = z.strictObject({
  /** Newest first. */
  lines: z.array(logLineSchema).max(maxPageLength),
  /** Where older lines begin; null: there are none. */
  before: logPlaceSchema.nullable(),
});
export type LogPage = z.infer<typeof logPageSchema>;

export const logTailInputSchema = z.strictObject({
  filter: logFilterSchema,
  limit: logPageInputSchema.shape.limit,
});

/** First a page of what was there, then what is written from then on, oldest first. */
export const logBatchSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('page'), page: logPageSchema }),
  z.strictObject({
    type: z.literal('lines'),
    lines: z.array(logLineSchema),
    /** Written before these, and left out because the window was slower than the log. */
    skippedCount: z.int(),
  }),
]);
export type LogBatch = z.infer<typeof logBatchSchema>;

/** A failure in the window itself. */
export const windowFailureSchema = z.strictObject({
  message: z.string().max(2_000),
  stack: z.string().max(20_000).nullable(),
});
export type WindowFailure = z.infer<typeof windowFailureSchema>;
