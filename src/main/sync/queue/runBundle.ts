import { z } from 'zod';
import { engineSettingsSchema } from '../../../shared/engines/settings.ts';
import { dataSourceIdSchema } from '../../../shared/model/ids.ts';
import { pipelineIdSchema, pipelineSchema } from '../../../shared/model/pipelines.ts';
import { timeoutSettingsSchema } from '../../../shared/model/poolSettings.ts';
import { runIdSchema } from '../../../shared/model/runs.ts';

/** Earlier runs that a run may go on behind: the newest. */
export const maxContinuedRuns = 100;

/** How a worker connects to a data source, secrets included. */
const bundledSourceSchema = z.strictObject({
  id: dataSourceIdSchema,
  name: z.string(),
  engine: engineSettingsSchema,
  readOnly: z.boolean(),
  timeouts: timeoutSettingsSchema,
  secrets: z.record(z.string(), z.string()),
  /** Keys of SSH servers that people have accepted in the app, as lines of known_hosts. */
  acceptedHostKeys: z.string().optional(),
  /** Connections that runs may have to it at the same time. */
  maxConnections: z.int().min(1),
});
export type BundledSource = z.infer<typeof bundledSourceSchema>;

/** All that a worker needs for a run. It travels sealed, and only so. */
export const runBundleSchema = z.strictObject({
  runId: runIdSchema,
  pipelineId: pipelineIdSchema,
  pipeline: pipelineSchema,
  /** Of source and destination; one when they are the same. */
  sources: z.array(bundledSourceSchema).min(1).max(2),
  /** Where the last run ended, of a destination that cannot keep that itself. */
  position: z.string().nullable(),
  /** Earlier runs that did not come to their end: this one goes on behind the rows that one of them has appended. */
  continues: z.array(runIdSchema).max(maxContinuedRuns),
  /** From the beginning, whatever earlier runs have done. */
  again: z.boolean(),
  /** The time that stands for the run in names of files, in milliseconds since the epoch: the same in each attempt. */
  namedAt: z.number(),
  timeZone: z.string(),
  /** Key of the masks, 32 bytes in base64. */
  maskKey: z.string(),
  /** Where rejected rows go. */
  rejectsFolder: z.string(),
});
export type RunBundle = z.infer<typeof runBundleSchema>;
