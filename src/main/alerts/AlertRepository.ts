import type { AlertKind } from '../../shared/model/alertChoices.ts';
import type {
  AlertEnd,
  AlertHistoryInput,
  AlertRule,
  AlertRuleKey,
  AlertSubjectId,
  FiringAlert,
  PastAlert,
} from '../../shared/model/alerts.ts';

/** An alert as it is kept: both are null while it fires. */
export interface AlertRecord extends Omit<FiringAlert, 'snoozedUntil'> {
  readonly endedAt: number | null;
  readonly end: AlertEnd | null;
}

/** Nothing is said of these alerts until then. */
export interface KeptSnooze {
  readonly kind: AlertKind;
  readonly subjectId: AlertSubjectId;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Keeps rules, snoozes and the history of alerts; a port, implemented by the store. Each throws STORE_… */
export interface AlertRepository {
  /** Drops rules and snoozes of data sources and pipelines that are gone for good. */
  forgetGone(): void;
  /** Those that a person has changed or made. */
  rules(): AlertRule[];
  putRule(rule: AlertRule): void;
  removeRule(key: AlertRuleKey): void;
  /** Those that have not run out. */
  snoozes(nowMs: number): KeptSnooze[];
  putSnooze(snooze: KeptSnooze): void;
  removeSnooze(kind: AlertKind, subjectId: AlertSubjectId): void;
  /** The id of the newest alert; 0 before the first. */
  lastId(): number;
  /** Writes alerts that began or are over, and drops from the history what is too old or too many. */
  write(alerts: readonly AlertRecord[], nowMs: number): void;
  /** Alerts that an earlier run of the app has left firing, because it was killed, are over with it. */
  endLeft(nowMs: number): void;
  /** One more than wanted, where there are more. */
  past(input: AlertHistoryInput): PastAlert[];
}
