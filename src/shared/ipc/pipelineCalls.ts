import { z } from 'zod';
import { pipelineIdSchema, pipelineSchema, savedPipelineSchema } from '../model/pipelines.ts';
import {
  dryRunSchema,
  maxPipelines,
  pipelineDraftInputSchema,
  pipelinePlanSchema,
  pipelineSettingsSchema,
  pipelineSummarySchema,
  runPageInputSchema,
  savePipelineInputSchema,
  scheduleTextInputSchema,
  scheduleTextSchema,
  sourceShapeInputSchema,
  sourceShapeSchema,
} from '../model/pipelineViews.ts';
import {
  configureQueueInputSchema,
  queueStatusSchema,
  queueTestSchema,
  testQueueInputSchema,
  workerKeyFileSchema,
} from '../model/queueSettings.ts';
import { savedFileSchema } from '../model/results.ts';
import { maxLogLines, runIdSchema, runLogLineSchema, runSchema } from '../model/runs.ts';
import { maxAuthorityLength } from '../model/tls.ts';
import {
  dialogFacts,
  pipelineExportFacts,
  pipelineSaveFacts,
  pipelineSettingsFacts,
  queueFacts,
  runFacts,
  runStartFacts,
} from './auditedCall.ts';
import { audited, type CallDefinition, call, nothing } from './callDefinition.ts';

/** A query and 2,000 columns with their types. */
const pipelineMaxBytes = 4 * 1024 * 1024;
/** The certificates of its authorities, escaped. */
const queueMaxBytes = 2 * maxAuthorityLength;
const byPipeline = z.strictObject({ id: pipelineIdSchema });
const byRun = z.strictObject({ id: runIdSchema });
const draft = { maxBytes: pipelineMaxBytes };

/** The calls about pipelines and their runs. */
export const pipelineCalls = {
  'pipelines.list': call(nothing, z.array(pipelineSummarySchema).max(maxPipelines)),
  'pipelines.get': call(byPipeline, savedPipelineSchema),
  'pipelines.save': audited(call(savePipelineInputSchema, savedPipelineSchema, draft), {
    operation: 'pipeline.saved',
    facts: pipelineSaveFacts,
  }),
  /**
   * Its runs go with it; one that is under way is cancelled. Answers what was removed, for an undo by saving it again;
   * null for one that could not be read.
   */
  'pipelines.remove': audited(call(byPipeline, savedPipelineSchema.nullable()), {
    operation: 'pipeline.removed',
    facts: ({ id }) => ({ details: { pipeline: id } }),
  }),
  'pipelines.setEnabled': audited(
    call(z.strictObject({ id: pipelineIdSchema, isEnabled: z.boolean() }), nothing),
    {
      operation: 'pipeline.enabled',
      facts: ({ id, isEnabled }) => ({ details: { pipeline: id, enabled: isEnabled } }),
    },
  ),

  /** What a source gives, with a sample. */
  'pipelines.shape': call(sourceShapeInputSchema, sourceShapeSchema, draft),
  'pipelines.plan': call(pipelineDraftInputSchema, pipelinePlanSchema, draft),
  'pipelines.dryRun': call(pipelineDraftInputSchema, dryRunSchema, draft),
  'pipelines.scheduleText': call(scheduleTextInputSchema, scheduleTextSchema),
  /** Null when the person closed the dialog. */
  'pipelines.chooseFolder': call(nothing, z.string().nullable()),

  /** Saves it as a file that people can read, without secrets. Null when the person closed the dialog. */
  'pipelines.saveFile': audited(call(byPipeline, savedFileSchema), {
    operation: 'pipeline.exported',
    facts: pipelineExportFacts,
  }),
  /** A pipeline of a file, to be looked at and saved. Null when the person closed the dialog. */
  'pipelines.openFile': audited(call(nothing, pipelineSchema.nullable()), {
    operation: 'pipeline.imported',
    facts: dialogFacts,
  }),

  /** @returns the run, which may be one that waits already */
  'pipelines.run': audited(call(z.strictObject({ id: pipelineIdSchema, again: z.boolean() }), runSchema), {
    operation: 'pipeline.run',
    facts: runStartFacts,
  }),
  'runs.page': call(runPageInputSchema, z.array(runSchema).max(200)),
  'runs.log': call(byRun, z.array(runLogLineSchema).max(maxLogLines)),
  'runs.cancel': audited(call(byRun, nothing), { operation: 'pipeline.run-cancelled', facts: runFacts }),
  'runs.pause': audited(call(byRun, nothing), { operation: 'pipeline.run-paused', facts: runFacts }),
  'runs.resume': audited(call(byRun, nothing), { operation: 'pipeline.run-resumed', facts: runFacts }),
  /** Shows the file that a run has written, or that of its rejected rows, in its folder. */
  'runs.showFile': call(z.strictObject({ id: runIdSchema, file: z.enum(['written', 'rejects']) }), nothing),

  'pipelines.settings': call(nothing, pipelineSettingsSchema),
  'pipelines.setSettings': audited(call(pipelineSettingsSchema, pipelineSettingsSchema), {
    operation: 'pipeline.settings-changed',
    facts: pipelineSettingsFacts,
  }),

  'queue.status': call(nothing, queueStatusSchema),
  /**
   * Moves the queue: runs that are under way come to a checkpoint, and all that have not ended go on in the new place. Main
   * asks first when they begin to go to another computer. When that fails everything stays as it was.
   */
  'queue.configure': audited(
    call(configureQueueInputSchema, queueStatusSchema, { maxBytes: queueMaxBytes }),
    {
      operation: 'queue.configured',
      facts: queueFacts,
    },
  ),
  /** Connects to a server and says whether it can be the queue; changes nothing. */
  'queue.test': call(testQueueInputSchema, queueTestSchema, { maxBytes: queueMaxBytes }),
  /**
   * Makes another key for all workers, and saves it as a file for those of other computers, after a question that main
   * itself asks. Workers with the old one get no more runs.
   */
  'queue.newWorkerKey': audited(call(nothing, workerKeyFileSchema), {
    operation: 'queue.key-renewed',
    facts: dialogFacts,
  }),
} as const satisfies Record<string, CallDefinition>;
