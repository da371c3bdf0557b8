import { type AlertKind, type AlertSnooze, alertSubjectOf } from '../../shared/model/alertChoices.ts';
import type { AlertEnd } from '../../shared/model/alerts.ts';
import { formatCount, formatDuration, formatShare, plural } from '../lib/format.ts';

const kinds: Record<AlertKind, string> = {
  down: 'Not reachable',
  'error-rate': 'Error rate',
  'latency-p95': 'Slow statements',
  'pool-exhausted': 'Pool exhausted',
  'server-connections': 'Server connections',
  'replication-lag': 'Replication lag',
  'pipeline-failed': 'Pipeline failed',
  'pipeline-late': 'Pipeline late',
};

const hints: Record<AlertKind, string> = {
  down: 'No connection works.',
  'error-rate': 'Failed, of 20 or more in 5 min.',
  'latency-p95': '95th percentile in 5 min.',
  'pool-exhausted': 'Callers wait, none is free.',
  'server-connections': 'In use, by anyone.',
  'replication-lag': 'How late a replica is.',
  'pipeline-failed': 'The last run, in all attempts.',
  'pipeline-late': 'A run is due and not started.',
};

const values: Record<AlertKind, (value: number) => string> = {
  down: () => '',
  'error-rate': formatShare,
  'latency-p95': formatDuration,
  'pool-exhausted': (count) => `${formatCount(count)} waiting`,
  'server-connections': formatShare,
  'replication-lag': formatDuration,
  'pipeline-failed': () => '',
  'pipeline-late': formatDuration,
};

const subjects = { source: 'Data source', pipeline: 'Pipeline' };

const ends: Record<AlertEnd, string> = {
  cleared: 'Resolved',
  disconnected: 'Disconnected',
  removed: 'Deleted',
  'rule-changed': 'Rule changed',
  'app-closed': 'Mooring closed',
};

const snoozes: Record<AlertSnooze, string> = { hour: 'For 1 hour', tomorrow: 'Until tomorrow' };

/** How long an alert lasted, to the minute once it is long: `42 s`, `7 min 5 s`, `3 h 20 min`. */
function lasted(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

export const alertsText = {
  title: 'Alerts',
  list: 'Alerts, firing ones first',
  kinds,
  everyKind: 'All alerts',
  kind: 'Kind of alert',
  subject: 'Data source or pipeline',
  everySubject: 'All names',
  sources: 'Data sources',
  pipelines: 'Pipelines',
  /** A value or a threshold; nothing where the kind has none. */
  figure: (kind: AlertKind, value: number | null) => (value === null ? '' : values[kind](value)),
  lasted,
  columns: {
    state: 'State',
    began: 'Began',
    subject: 'Name',
    what: 'Alert',
    value: 'Peak',
    threshold: 'Threshold',
    lasted: 'Duration',
  },
  firing: 'Firing',
  snoozedShort: 'Snoozed',
  ends,
  empty: {
    title: 'No alerts',
    message:
      'When something is wrong with a data source that you use, or with a pipeline, it is listed here.',
  },
  noMatch: 'No alert fits the filter',
  clearFilter: 'Clear filter',
  rules: 'Alert rules',
  bell: (count: number) => `${plural(count, 'alert', 'alerts')} firing`,
  bellHint: 'Show alerts',
  moreFiring: (count: number) => `${plural(count, 'more alert fires', 'more alerts fire')}.`,
  showNotice: 'Show',
  detail: {
    label: 'Selected alert',
    title: (kind: AlertKind, subject: string) => `${subject}: ${kinds[kind].toLowerCase()}`,
    reason: 'Reason',
    began: 'Began',
    ended: 'Ended',
    peak: 'Peak',
    threshold: 'Threshold',
    lasted: 'Duration',
    snoozed: (until: string) => `Snoozed until ${until}`,
    show: {
      overview: 'Show overview',
      metrics: 'Show metrics',
      activity: 'Show activity',
      runs: 'Show runs',
    },
    editRule: 'Edit rule',
    close: 'Close details',
  },
  snooze: {
    label: 'Snooze',
    choices: snoozes,
    end: 'End snooze',
    turnOff: (kind: AlertKind) => `Turn off for this ${subjects[alertSubjectOf(kind)].toLowerCase()}`,
    turnedOff: (kind: AlertKind, subject: string) => `“${kinds[kind]}” is off for ${subject}`,
  },
};

/** Words of the rules in the settings. */
export const alertRulesText = {
  heading: 'Alert rules',
  message:
    'An alert fires when something lasts. A rule for one data source or pipeline overrides the rule for all.',
  rule: 'Rule',
  hints,
  columns: {
    threshold: 'Fires at',
    clearThreshold: 'Clears at',
    forSeconds: 'Lasts for',
    notifies: 'Notify',
  },
  notifiesHint: 'Show a notification',
  units: { share: '%', seconds: 's', minutes: 'min' },
  field: (rule: string, column: string) => `${rule}: ${column}`,
  forOne: (kind: AlertKind, subject: string) => `${kinds[kind]}, ${subject}`,
  invalid: 'Out of range',
  addHeading: 'Rule for one data source or pipeline',
  add: 'Add rule',
  subject: subjects,
  kind: 'Alert',
  remove: (rule: string) => `Remove rule: ${rule}`,
  noSources: 'Add a data source first.',
  noPipelines: 'No pipelines yet',
};
