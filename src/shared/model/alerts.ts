import { z } from 'zod';
import {
  type AlertKind,
  alertKinds,
  alertSnoozes,
  alertThresholds,
  maxAlertSeconds,
  maxListedAlerts,
} from './alertChoices.ts';
import { dataSourceIdSchema } from './ids.ts';
import { pipelineIdSchema } from './pipelines.ts';

export const alertKindSchema = z.enum(alertKinds);

/** Id of what an alert is about; `alertSubjectOf` its kind says whether that is a data source or a pipeline. */
export const alertSubjectIdSchema = z.union([dataSourceIdSchema, pipelineIdSchema]);
export type AlertSubjectId = z.infer<typeof alertSubjectIdSchema>;

/** Which rule: there is one of each kind for all data sources or pipelines, and one of each kind for one at most. */
export const alertRuleKeySchema = z.strictObject({
  kind: alertKindSchema,
  /** Null: for each that has no rule of its own of this kind. */
  subjectId: alertSubjectIdSchema.nullable(),
});
export type AlertRuleKey = z.infer<typeof alertRuleKeySchema>;

/** When something is an alert, and when it is over. */
export const alertRuleSchema = z
  .strictObject({
    ...alertRuleKeySchema.shape,
    /** In the unit of the kind; null for a kind that has none. */
    threshold: z.number().nullable(),
    /** It is over at this value or below; null: a little below the threshold (`clearThresholdOf`). */
    clearThreshold: z.number().min(0).nullable(),
    /** How long it must last without a break; 0: none. */
    forSeconds: z.int().min(0).max(maxAlertSeconds),
    enabled: z.boolean(),
    /** Whether the desktop says so, too. */
    notifies: z.boolean(),
  })
  .refine(({ kind, threshold }) => isThresholdOf(kind, threshold), {
    error: 'The threshold is out of range',
    path: ['threshold'],
  })
  .refine(({ threshold, clearThreshold }) => clearThreshold === null || clearThreshold <= (threshold ?? -1), {
    error: 'An alert cannot end above its threshold',
    path: ['clearThreshold'],
  });
export type AlertRule = z.infer<typeof alertRuleSchema>;

function isThresholdOf(kind: AlertKind, threshold: number | null): boolean {
  const range = alertThresholds[kind];
  if (range === null || threshold === null) return range === threshold;
  return threshold >= range.min && threshold <= range.max;
}

/** An alert that fires. */
export const firingAlertSchema = z.strictObject({
  /** Grows from one alert to the next. */
  id: z.int(),
  kind: alertKindSchema,
  subjectId: alertSubjectIdSchema,
  /** As it was called when the alert began. */
  subjectName: z.string(),
  /** Of the rule's unit, or how many callers wait; null where it is so or it is not. */
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Why, in the words of an error; null where the figures say it all. */
  detail: z.string().nullable(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  /** Epoch milliseconds until which nothing is said of it; null: it is not snoozed. */
  snoozedUntil: z.number().nullable(),
});
export type FiringAlert = z.infer<typeof firingAlertSchema>;

/** What fires now. */
export const alertStatusSchema = z.strictObject({
  /** Newest first; the oldest are left out when there are very many. */
  firing: z.array(firingAlertSchema).max(maxListedAlerts),
  firingCount: z.int(),
  /** Those of them that are not snoozed. */
  unsnoozedCount: z.int(),
  /** Grows whenever an alert is over: the history has something new. */
  endedCount: z.int(),
});
export type AlertStatus = z.infer<typeof alertStatusSchema>;

/**
 * Why an alert was over.
 * - `cleared`: it was not so any more.
 * - `disconnected`, `removed`: its data source or pipeline was, by a person.
 * - `rule-changed`: it is no alert by the rule of now.
 * - `app-closed`: Mooring was closed; what became of it is not known.
 */
export const alertEndSchema = z.enum(['cleared', 'disconnected', 'removed', 'rule-changed', 'app-closed']);
export type AlertEnd = z.infer<typeof alertEndSchema>;

/** An alert that is over. */
export const pastAlertSchema = z.strictObject({
  ...firingAlertSchema.omit({ snoozedUntil: true }).shape,
  /** Epoch milliseconds. */
  endedAt: z.number(),
  end: alertEndSchema,
});
export type PastAlert = z.infer<typeof pastAlertSchema>;

export const alertHistoryInputSchema = z.strictObject({
  kind: alertKindSchema.nullable(),
  subjectId: alertSubjectIdSchema.nullable(),
  /** Only those before this one; null: the newest. */
  beforeId: z.int().nullable(),
  limit: z.int().min(1).max(200),
});
export type AlertHistoryInput = z.infer<typeof alertHistoryInputSchema>;

export const alertHistoryPageSchema = z.strictObject({
  /** Newest first, by when they began. */
  alerts: z.array(pastAlertSchema),
  hasMore: z.boolean(),
});
export type AlertHistoryPage = z.infer<typeof alertHistoryPageSchema>;

/** Those for all, in the order of their kinds, then those for one data source or pipeline. */
export const alertRulesSchema = z.array(alertRuleSchema);

export const snoozeInputSchema = z.strictObject({
  kind: alertKindSchema,
  subjectId: alertSubjectIdSchema,
  /** Null: no longer. */
  until: z.enum(alertSnoozes).nullable(),
});
export type SnoozeInput = z.infer<typeof snoozeInputSchema>;

/** The alert that a notice is about, when a person wants to see it; null: several, which the list of alerts has. */
export const alertPlaceSchema = firingAlertSchema
  .pick({ kind: true, subjectId: true, subjectName: true })
  .nullable();
export type AlertPlace = z.infer<typeof alertPlaceSchema>;

/** What a person is told of new alerts. */
export const alertNoticeSchema = z.strictObject({
  title: z.string(),
  body: z.string(),
  place: alertPlaceSchema,
});
export type AlertNotice = z.infer<typeof alertNoticeSchema>;
