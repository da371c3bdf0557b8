import { z } from 'zod';
import {
  auditCheckSchema,
  auditExportedSchema,
  auditExportInputSchema,
  auditFilterSchema,
  auditPageInputSchema,
  auditPageSchema,
  auditRetentionSchema,
  auditStatusSchema,
} from '../model/audit.ts';
import {
  chartFileSchema,
  figuresFileSchema,
  maxFiguresLength,
  maxPictureLength,
  pictureFileSchema,
} from '../model/chartFiles.ts';
import { diagnosticsIdSchema, diagnosticsSchema } from '../model/diagnostics.ts';
import {
  logLevelsAnswerSchema,
  logPageInputSchema,
  logPageSchema,
  logSettingsSchema,
  windowFailureSchema,
} from '../model/log.ts';
import { metricsRangeInputSchema, metricsRangeSchema } from '../model/metricsRange.ts';
import { monitoringSettingsSchema, monitoringStatusSchema } from '../model/monitoring.ts';
import { operationFilterSchema, operationListSchema, operationTreeSchema } from '../model/operations.ts';
import { interventionInputSchema, interventionResultSchema } from '../model/serverActivity.ts';
import {
  byFingerprintSchema,
  statementDetailSchema,
  statementPageInputSchema,
  statementPageSchema,
} from '../model/statementStatistics.ts';
import {
  traceHeaderSchema,
  traceTestSchema,
  tracingSettingsSchema,
  tracingStatusSchema,
} from '../model/tracing.ts';
import {
  auditExportFacts,
  interventionFacts,
  monitoringFacts,
  retentionFacts,
  traceHeaderFacts,
  tracingFacts,
} from './auditedCall.ts';
import { audited, byId, type CallDefinition, call, nothing, subjectIsId } from './callDefinition.ts';

/** The calls about what happens and what happened: log, operations, audit trail, diagnostics, activity, metrics, statistics. */
export const observationCalls = {
  /** A page of older lines; the newest come through the stream `log.tail`. */
  'log.page': call(logPageInputSchema, logPageSchema),
  'log.levels': call(nothing, logLevelsAnswerSchema),
  'log.setLevels': call(logSettingsSchema, nothing),
  /** Something in the window failed. Also from behind the lock screen, which may be what failed. */
  'log.windowFailed': call(windowFailureSchema, nothing, { whileLocked: true, maxBytes: 128 * 1024 }),

  /** Operations that ended, with nothing around them. */
  'operations.list': call(operationFilterSchema, operationListSchema),
  /** One of them with its parts. */
  'operations.tree': call(z.strictObject({ id: z.int() }), operationTreeSchema),

  'audit.page': call(auditPageInputSchema, auditPageSchema),
  /** How many entries a filter finds. */
  'audit.count': call(z.strictObject({ filter: auditFilterSchema }), z.strictObject({ count: z.int() })),
  'audit.check': call(nothing, auditCheckSchema),
  'audit.status': call(nothing, auditStatusSchema),
  /** A person has looked at what the last check found. */
  'audit.seen': call(nothing, nothing),
  /** Removes what is too old, from then on too, after a question that main itself asks. */
  'audit.setRetention': audited(
    call(z.strictObject({ keepDays: auditRetentionSchema }), z.strictObject({ removedCount: z.int() })),
    { operation: 'audit.retention-changed', facts: retentionFacts },
  ),
  /** Writes entries with their hashes and signatures to a file that the person names, oldest first. */
  'audit.export': audited(call(auditExportInputSchema, auditExportedSchema), {
    operation: 'audit.exported',
    facts: auditExportFacts,
  }),

  /** What is worth knowing of this app when something is wrong, as one text without secrets, names or statements. */
  'diagnostics.collect': call(nothing, diagnosticsSchema),
  /** Writes a text that was collected to a file that the person names; answers its name, or null. */
  'diagnostics.save': call(
    z.strictObject({ id: diagnosticsIdSchema }),
    z.strictObject({ fileName: z.string() }).nullable(),
  ),

  /** Asks the server to cancel the statement of a session, whoever's it is. The window asks the person before. */
  'activity.cancelStatement': audited(call(interventionInputSchema, interventionResultSchema), {
    operation: 'server.statement-cancelled',
    facts: interventionFacts,
  }),
  /** Asks the server to end a session. */
  'activity.terminateSession': audited(call(interventionInputSchema, interventionResultSchema), {
    operation: 'server.session-terminated',
    facts: interventionFacts,
  }),

  'metrics.range': call(metricsRangeInputSchema, metricsRangeSchema),
  /** Writes figures of the charts to a file that the person names. */
  'metrics.saveCsv': call(figuresFileSchema, chartFileSchema, { maxBytes: 2 * maxFiguresLength }),
  /** Writes a chart to a file that the person names. */
  'metrics.savePicture': call(pictureFileSchema, chartFileSchema, { maxBytes: maxPictureLength + 1_024 }),

  'monitoring.status': call(nothing, monitoringStatusSchema),
  /** Turns the metrics endpoint on or off, or moves it to another port. When that fails everything stays as it was. */
  'monitoring.configure': audited(call(monitoringSettingsSchema, monitoringStatusSchema), {
    operation: 'monitoring.configured',
    facts: monitoringFacts,
  }),
  /** Main asks first: from then on the old token is refused. */
  'monitoring.renewToken': audited(call(nothing, monitoringStatusSchema), {
    operation: 'monitoring.token-renewed',
  }),
  /** Puts it on the clipboard, with the token, after a question that main itself asks. */
  'monitoring.copyScrapeConfig': audited(call(nothing, z.strictObject({ copied: z.boolean() })), {
    operation: 'monitoring.config-copied',
    facts: (_, output) => (output?.copied === false ? { outcome: 'CANCELLED' } : {}),
  }),
  /** Shows the dashboard and the alert rules that come with the app. */
  'monitoring.showFiles': call(nothing, nothing),

  'tracing.status': call(nothing, tracingStatusSchema),
  /** Main asks first when spans begin to go to another computer. When that fails everything stays as it was. */
  'tracing.configure': audited(call(tracingSettingsSchema, tracingStatusSchema), {
    operation: 'tracing.configured',
    facts: tracingFacts,
  }),
  /** Sent with the spans, to the endpoint for which it was set and to no other one; null removes it. */
  'tracing.setHeader': audited(
    call(z.strictObject({ header: traceHeaderSchema.nullable() }), tracingStatusSchema),
    { operation: 'tracing.header-changed', facts: traceHeaderFacts },
  ),
  /** Sends one span now. */
  'tracing.test': call(nothing, traceTestSchema),

  /** Statements by normal form; null when nothing has changed since the revision that the window has. */
  'statistics.page': call(statementPageInputSchema, statementPageSchema.nullable()),
  'statistics.statement': call(byFingerprintSchema, statementDetailSchema),
  /** Forgets all statements of a data source. The window asks the person before. */
  'statistics.reset': audited(call(byId, nothing), { operation: 'statistics.reset', facts: subjectIsId }),
} as const satisfies Record<string, CallDefinition>;
