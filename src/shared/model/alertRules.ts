import { type AlertKind, alertKinds } from './alertChoices.ts';
import type { AlertRule } from './alerts.ts';

/** Of the threshold; a value that moves about it begins one alert and not many. */
const defaultClearShare = 0.9;

/** The value at which an alert of this rule is over; null for a kind without a threshold. */
export const clearThresholdOf = ({
  threshold,
  clearThreshold,
}: Pick<AlertRule, 'threshold' | 'clearThreshold'>) =>
  threshold === null ? null : (clearThreshold ?? threshold * defaultClearShare);

const begins: Record<AlertKind, Pick<AlertRule, 'threshold' | 'forSeconds' | 'enabled'>> = {
  down: { threshold: null, forSeconds: 60, enabled: true },
  'error-rate': { threshold: 0.25, forSeconds: 60, enabled: false },
  'latency-p95': { threshold: 10_000, forSeconds: 300, enabled: false },
  'pool-exhausted': { threshold: null, forSeconds: 30, enabled: true },
  // Off, as replication lag: to know of it, a session is opened on the server each minute.
  'server-connections': { threshold: 0.9, forSeconds: 60, enabled: false },
  'replication-lag': { threshold: 60_000, forSeconds: 300, enabled: false },
  'pipeline-failed': { threshold: null, forSeconds: 0, enabled: true },
  // A run that waits behind others for a worker, or for the vault, usually begins within this time.
  'pipeline-late': { threshold: 15 * 60_000, forSeconds: 0, enabled: true },
};

/** What holds before a person has chosen anything: few are on, and none of them for what passes by itself. */
export const defaultAlertRules: readonly AlertRule[] = alertKinds.map((kind) => ({
  kind,
  subjectId: null,
  clearThreshold: null,
  notifies: true,
  ...begins[kind],
}));
