import type { AlertKind, AlertSnooze } from '../../shared/model/alertChoices.ts';
import type { AlertEnd } from '../../shared/model/alerts.ts';
import { formatCount, formatDuration, formatShare, plural } from '../lib/format.ts';

const kinds: Record<AlertKind, string> = {
  down: 'Not reachable',
  'error-rate': 'Error rate',
  'latency-p95': 'Slow statements',
  'pool-exhausted': 'Pool exhausted',
  'server-connections': 'Server connections',
  'replication-lag': 'Replication lag',
};

const hints: Record<AlertKind, string> = {
  down: 'No connection works.',
  'error-rate': 'Failed, of 20 or more in 5 min.',
  'latency-p95': '95th percentile in 5 min.',
  'pool-exhausted': 'Callers wait, none is free.',
  'server-connections': 'In use, by anyone.',
  'replication-lag': 'How late a replica is.',
};

const values: Record<AlertKind, (value: number) => string> = {
  down: () => '',
  'error-rate': formatShare,
  'latency-p95': formatDuration,
  'pool-exhausted': (count) => `${formatCount(count)} waiting`,
  'server-connections': formatShare,
  'replication-lag': formatDuration,
};

const ends: Record<AlertEnd, string> = {
  cleared: 'Resolved',
  disconnected: 'Disconnected',
  removed: 'Data source deleted',
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
  /** A value or a threshold; nothing where the kind has none. */
  figure: (kind: AlertKind, value: number | null) => (value === null ? '' : values[kind](value)),
  lasted,
  columns: {
    state: 'State',
    began: 'Began',
    source: 'Data source',
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
    message: 'When something is wrong with a data source that you use, it is listed here.',
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
    title: (kind: AlertKind, source: string) => `${source}: ${kinds[kind].toLowerCase()}`,
    reason: 'Reason',
    began: 'Began',
    ended: 'Ended',
    peak: 'Peak',
    threshold: 'Threshold',
    lasted: 'Duration',
    snoozed: (until: string) => `Snoozed until ${until}`,
    show: { overview: 'Show overview', metrics: 'Show metrics', activity: 'Show activity' },
    editRule: 'Edit rule',
    close: 'Close details',
  },
  snooze: {
    label: 'Snooze',
    choices: snoozes,
    end: 'End snooze',
    turnOff: 'Turn off for this data source',
    turnedOff: (kind: AlertKind, source: string) => `“${kinds[kind]}” is off for ${source}`,
  },
};

/** Words of the rules in the settings. */
export const alertRulesText = {
  heading: 'Alert rules',
  message: 'An alert fires when something lasts. A rule for one data source overrides the rule for all.',
  rule: 'Rule',
  hints,
  columns: {
    threshold: 'Fires at',
    clearThreshold: 'Clears at',
    forSeconds: 'Lasts for',
    notifies: 'Notify',
  },
  notifiesHint: 'Show a notification',
  units: { share: '%', seconds: 's' },
  field: (rule: string, column: string) => `${rule}: ${column}`,
  forSource: (kind: AlertKind, source: string) => `${kinds[kind]}, ${source}`,
  invalid: 'Out of range',
  addHeading: 'Rule for one data source',
  add: 'Add rule',
  source: 'Data source',
  kind: 'Alert',
  remove: (rule: string) => `Remove rule: ${rule}`,
  noSources: 'Add a data source first.',
};
