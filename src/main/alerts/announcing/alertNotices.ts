import type { AlertKind } from '../../../shared/model/alertChoices.ts';
import type { AlertNotice } from '../../../shared/model/alerts.ts';
import type { AlertRecord } from '../AlertRepository.ts';

/** Names in one notice; the others are counted. */
const namedCount = 3;

const percent = (share: number | null): string => `${Math.round((share ?? 0) * 100)} %`;
const seconds = (ms: number | null): string => `${Number(((ms ?? 0) / 1_000).toFixed(1))} s`;

/** What is wrong with one data source, behind its name. */
const ofOne: Record<AlertKind, (alert: AlertRecord) => string> = {
  down: () => 'is not reachable',
  'error-rate': ({ value }) => `has errors: ${percent(value)} of statements`,
  'latency-p95': ({ value }) => `is slow: 95 % of statements within ${seconds(value)}`,
  'pool-exhausted': () => 'has no free connection',
  'server-connections': ({ value }) => `has used ${percent(value)} of the server’s connections`,
  'replication-lag': ({ value }) => `is ${seconds(value)} behind its primary`,
};

/** The same of several, behind their number. */
const ofMany: Record<AlertKind, string> = {
  down: 'are not reachable',
  'error-rate': 'have many errors',
  'latency-p95': 'are slow',
  'pool-exhausted': 'have no free connection',
  'server-connections': 'have servers that are almost full',
  'replication-lag': 'are behind their primaries',
};

/**
 * One notice for all of these alerts, however many. It names data sources and what is wrong, and nothing else; while the
 * window is locked not even that.
 * @param alerts at least one
 */
export function noticeOf(alerts: readonly AlertRecord[], isLocked: boolean): AlertNotice {
  const [first] = alerts;
  if (first === undefined || isLocked) return lockedNotice(alerts.length);
  if (alerts.length === 1) {
    const { kind, sourceId, sourceName } = first;
    return {
      title: `${sourceName} ${ofOne[kind](first)}`,
      body: 'Click to see it.',
      place: { kind, sourceId },
    };
  }
  const names = [...new Set(alerts.map(({ sourceName }) => sourceName))];
  const isOfOneKind = alerts.every(({ kind }) => kind === first.kind);
  const title = isOfOneKind
    ? `${alerts.length} data sources ${ofMany[first.kind]}`
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
