/** Apart from the schemas, which the first screen does without. */

/**
 * What can be watched of a data source.
 * - `down`: a data source in use has no working connection.
 * - `error-rate`: share of people's statements that fail.
 * - `latency-p95`: 95th percentile of how long they take.
 * - `pool-exhausted`: callers wait, and no connection is free.
 * - `server-connections`: share of the connections of the server that are taken, by whomever.
 * - `replication-lag`: how far a replica is behind.
 */
export const sourceAlertKinds = [
  'down',
  'error-rate',
  'latency-p95',
  'pool-exhausted',
  'server-connections',
  'replication-lag',
] as const;
export type SourceAlertKind = (typeof sourceAlertKinds)[number];

/**
 * What can be watched of a pipeline.
 * - `pipeline-failed`: its last run has failed after all its attempts.
 * - `pipeline-late`: how long a run has been due that no worker has begun.
 */
export const pipelineAlertKinds = ['pipeline-failed', 'pipeline-late'] as const;
export type PipelineAlertKind = (typeof pipelineAlertKinds)[number];

export const alertKinds = [...sourceAlertKinds, ...pipelineAlertKinds] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What an alert is about: a data source or a pipeline. Its kind decides which. */
export type AlertSubject = 'source' | 'pipeline';

export const isPipelineAlert = (kind: AlertKind): kind is PipelineAlertKind =>
  pipelineAlertKinds.some((one) => one === kind);

export const alertSubjectOf = (kind: AlertKind): AlertSubject =>
  isPipelineAlert(kind) ? 'pipeline' : 'source';

/** What a threshold of a kind may be: shares from 0 to 1, or milliseconds. Null: the kind has none, it is so or it is not. */
export const alertThresholds: Record<
  AlertKind,
  { readonly unit: 'share' | 'ms'; readonly min: number; readonly max: number } | null
> = {
  down: null,
  'error-rate': { unit: 'share', min: 0.01, max: 1 },
  'latency-p95': { unit: 'ms', min: 1, max: 3_600_000 },
  'pool-exhausted': null,
  'server-connections': { unit: 'share', min: 0.01, max: 1 },
  'replication-lag': { unit: 'ms', min: 100, max: 86_400_000 },
  'pipeline-failed': null,
  'pipeline-late': { unit: 'ms', min: 60_000, max: 7 * 86_400_000 },
};

/** Longest that something can be asked to last before it is an alert. */
export const maxAlertSeconds = 86_400;

/** Most rules that are for one data source or one pipeline each. */
export const maxOwnAlertRules = 200;

/** What is kept of alerts that are over: so many, and for so long. */
export const alertHistoryLimits = { count: 1_000, days: 90 };

/** Most alerts that are listed while they fire; their number is told beside them. */
export const maxListedAlerts = 500;

/** For how long nothing is said of an alert. */
export const alertSnoozes = ['hour', 'tomorrow'] as const;
export type AlertSnooze = (typeof alertSnoozes)[number];
