import { type AlertKind, isPipelineAlert } from '../../../shared/model/alertChoices.ts';
import type { AlertNotice } from '../../../shared/model/alerts.ts';
import type { AlertRecord } from '../AlertRepository.ts';

/** Names in one notice; the others are counted. */
const namedCount = 3;

const percent = (share: number | null): string => `${Math.round((share ?? 0) * 100)} %`;
const seconds = (ms: number | null): string => `${Number(((ms ?? 0) / 1_000).toFixed(1))} s`;
const minutes = (ms: number | null): string => `${Math.round((ms ?? 0) / 60_000)} min`;

interface Wording {
  readonly title: string;
  readonly body: string;
}

/** What is wrong with one data source or pipeline. */
const ofOne: Record<AlertKind, (alert: AlertRecord) => Wording> = {
  down: ({ subjectName }) => ({ title: `${subjectName} is not reachable`, body: 'No connection works.' }),
  'error-rate': ({ subjectName, value }) => ({
    title: `${subjectName} has many errors`,
    body: `${percent(value)} of the statements fail.`,
  }),
  'latency-p95': ({ subjectName, value }) => ({
    title: `${subjectName} is slow`,
    body: `One of 20 statements takes ${seconds(value)} or longer.`,
  }),
  'pool-exhausted': ({ subjectName }) => ({
    title: `${subjectName} has no free connection`,
    body: 'Statements wait for one.',
  }),
  'server-connections': ({ subjectName, value }) => ({
    title: `The server of ${subjectName} is almost full`,
    body: `${percent(value)} of its connections are in use.`,
  }),
  'replication-lag': ({ subjectName, value }) => ({
    title: `${subjectName} is behind its primary`,
    body: `Its data is ${seconds(value)} old.`,
  }),
  'pipeline-failed': ({ subjectName }) => ({
    title: `The pipeline “${subjectName}” has failed`,
    body: 'Its run failed in the last attempt.',
  }),
  'pipeline-late': ({ subjectName, value }) => ({
    title: `The pipeline “${subjectName}” is late`,
    body: `Its run has been due for ${minutes(value)}, and no worker has started it.`,
  }),
};

/** The same of several, behind their number. */
const ofMany: Record<AlertKind, string> = {
  down: 'are not reachable',
  'error-rate': 'have many errors',
  'latency-p95': 'are slow',
  'pool-exhausted': 'have no free connection',
  'server-connections': 'have servers that are almost full',
  'replication-lag': 'are behind their primaries',
  'pipeline-failed': 'have failed',
  'pipeline-late': 'are late',
};

/**
 * One notice for all of these alerts, however many. It names data sources and pipelines and what is wrong, and nothing
 * else; while the window is locked not even that.
 * @param alerts at least one
 */
export function noticeOf(alerts: readonly AlertRecord[], isLocked: boolean): AlertNotice {
  const [first] = alerts;
  if (first === undefined || isLocked) return lockedNotice(alerts.length);
  if (alerts.length === 1) {
    const { kind, subjectId, subjectName } = first;
    return { ...ofOne[kind](first), place: { kind, subjectId, subjectName } };
  }
  const names = [...new Set(alerts.map(({ subjectName }) => subjectName))];
  const isOfOneKind = alerts.every(({ kind }) => kind === first.kind);
  const title = isOfOneKind
    ? `${alerts.length} ${isPipelineAlert(first.kind) ? 'pipelines' : 'data sources'} ${ofMany[first.kind]}`
    : `${alerts.length} new alerts`;
  return { title, body: listed(names), place: null };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namedCount);
  const left = names.length - shown.length;
  return left === 0 ? shown.join(', ') : `${shown.join(', ')} and ${left} more`;
}

const lockedNotice = (count: number): AlertNotice => ({
  title: count === 1 ? 'There is a new alert' : `There are ${count} new alerts`,
  body: 'Unlock Mooring to see more.',
  place: null,
});
