import { z } from 'zod';
import type { ErrorDto } from '../errors/errorDto.ts';
import { dataSourceIdSchema } from '../model/ids.ts';
import { logBatchSchema, logTailInputSchema } from '../model/log.ts';
import { maxStatementLength, runBatchSchema, runInputSchema } from '../model/query.ts';
import { searchBatchSchema, searchInputSchema } from '../model/schemaSearch.ts';
import { nameBatchSchema } from '../model/schemaTree.ts';
import { activityBatchSchema } from '../model/serverActivity.ts';

/**
 * Large results: the renderer opens a stream with one request and gets batches through a MessagePort of its own.
 * Main sends the next batch only after the last one was acknowledged, so that a slow window slows the server
 * instead of filling memory. Closing the port cancels down to the server.
 */
export const streams = {
  /** The names of all schemas and relations of a database. */
  'schema.names': {
    input: z.strictObject({ id: dataSourceIdSchema }),
    batch: nameBatchSchema,
    maxBytes: 1_024,
  },
  /** What is found in a database: its names, columns, comments and definitions. */
  'schema.search': { input: searchInputSchema, batch: searchBatchSchema, maxBytes: 4_096 },
  /** The log: a page of the newest lines, then those that come, for as long as it is open. */
  'log.tail': { input: logTailInputSchema, batch: logBatchSchema, maxBytes: 4_096, isEndless: true },
  /** What the sessions of a server do, in a batch for each sample. The server is asked only while this is open. */
  'activity.watch': {
    input: z.strictObject({ id: dataSourceIdSchema }),
    batch: activityBatchSchema,
    maxBytes: 1_024,
    isEndless: true,
  },
  /** Runs statements of a person in the session of a tab. Its batches are what happened; rows are in results. */
  'query.run': { input: runInputSchema, batch: runBatchSchema, maxBytes: 4 * maxStatementLength },
} as const satisfies Record<string, StreamRules>;

interface StreamRules {
  readonly input: z.ZodType;
  readonly batch: z.ZodType;
  readonly maxBytes: number;
  /** It goes on until the window closes it: that it was closed is no failure. */
  readonly isEndless?: true;
}

export const isEndless = (name: StreamName): boolean => 'isEndless' in streams[name];

export type StreamName = keyof typeof streams;
export type StreamInput<Name extends StreamName> = z.infer<(typeof streams)[Name]['input']>;
export type StreamBatch<Name extends StreamName> = z.infer<(typeof streams)[Name]['batch']>;

export const streamNames = Object.keys(streams) as StreamName[];

/** Main to renderer on the port. `end` is the last message of a good stream, `error` of a failed one. */
export type StreamMessage =
  | { readonly type: 'batch'; readonly sequence: number; readonly batch: unknown }
  | { readonly type: 'end'; readonly complete: boolean }
  | { readonly type: 'error'; readonly error: ErrorDto };

/** Renderer to main on the port. */
export const streamReplySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ack'), sequence: z.int() }),
  z.strictObject({ type: z.literal('cancel') }),
]);
