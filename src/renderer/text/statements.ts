import type { StatementColumn, StatementPage, StatementRun } from '../../shared/model/statementStatistics.ts';
import { formatCount, formatDuration, plural } from '../lib/format.ts';

const columns: Record<StatementColumn | 'trend', string> = {
  statement: 'Statement',
  calls: 'Calls',
  totalMs: 'Total',
  meanMs: 'Mean',
  p50Ms: 'p50',
  p95Ms: 'p95',
  p99Ms: 'p99',
  rows: 'Rows',
  errors: 'Errors',
  slow: 'Slow',
  lastAt: 'Last run',
  trend: '24 hours',
};

const fractions = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** Short enough for a column, however long it was: `38 ms`, `12.5 min`, `3.2 h`. */
function duration(durationMs: number): string {
  if (durationMs < 59_950) return formatDuration(durationMs);
  const minutes = durationMs / 60_000;
  return minutes < 99.95 ? `${fractions.format(minutes)} min` : `${fractions.format(minutes / 60)} h`;
}

const outcome: Record<Exclude<StatementRun['outcome'], 'ok'>, string> = {
  error: 'Failed',
  cancelled: 'Cancelled',
  timeout: 'Timed out',
};

export const statementsText = {
  label: 'Statements',
  columns,
  duration,
  search: 'Search statements',
  clearSearch: 'Clear search',
  waiting: 'Reading the statistics…',
  /** `12 statements`, `3 of 12 statements`, and what was dropped. */
  summary: ({ droppedCount, matchCount, totalCount }: StatementPage) => {
    const all = plural(totalCount, 'statement', 'statements');
    const shown = matchCount === totalCount ? all : `${formatCount(matchCount)} of ${all}`;
    return droppedCount === 0 ? shown : `${shown} · ${formatCount(droppedCount)} dropped`;
  },
  summaryHint:
    'Statements that differ only in their values count as one. The 500 that take the most time are kept.',
  empty: {
    title: 'No statements yet',
    message:
      'Statements that you run in query tabs of this data source appear here with their times, rows and errors. Their values are never recorded.',
  },
  noMatch: 'No statement matches the search',
  trend: (most: string) => `Time per hour over the last 24 hours, at most ${most}`,
  open: 'Open in query tab',
  copy: 'Copy statement',
  detail: {
    label: 'Selected statement',
    title: 'Statement',
    fingerprint: 'Fingerprint: names the statement in the log',
    close: 'Close details',
    slowest: 'Slowest',
    errors: 'Errors',
    cancels: 'Cancelled',
    since: 'First run',
    rows: (count: number) => plural(count, 'row', 'rows'),
    outcome,
  },
  reset: {
    action: 'Reset…',
    long: 'Reset statistics…',
    title: (name: string) => `Reset the statistics of “${name}”?`,
    message:
      'The figures of all its statements are deleted for good and counting starts over. The history of statements is kept.',
    confirm: 'Reset statistics',
  },
};
