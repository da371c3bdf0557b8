import type { ActivityFigure, ActivitySample, ActivityState } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import { waitingCount } from './sessionRows.ts';

/** One figure above the sessions. */
export interface ShownFigure {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Less loud, behind the value. */
  readonly beside: string | null;
  /** What it means, and why it is not there. */
  readonly hint: string;
  readonly tone: 'bad' | 'warning' | null;
}

const words = activityText.figures;

/** A transaction that is left open for longer keeps locks and old rows. */
const longTransactionMs = 5 * 60_000;

/** Who looks does not count. */
const watched = ({ sessions }: ActivitySample) => sessions.filter(({ owner }) => owner !== 'sampling');

function longest(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? activityText.none : activityText.duration(Math.max(...known));
}

function sessionFigures(sample: ActivitySample): ShownFigure[] {
  const sessions = watched(sample);
  const count = (...states: ActivityState[]) =>
    sessions.filter(({ state }) => state !== null && states.includes(state)).length;
  const blocked = waitingCount(sample);
  const open = count('idle-in-transaction', 'failed-transaction');
  const transactions = sessions.map(({ transactionMs }) => transactionMs);
  const isLong = transactions.some((ageMs) => ageMs !== null && ageMs > longTransactionMs);
  const plain = { beside: null, tone: null };
  return [
    { ...plain, key: 'active', ...words.active, value: activityText.count(count('active', 'waiting')) },
    {
      ...plain,
      key: 'blocked',
      ...words.blocked,
      value: activityText.count(blocked),
      tone: blocked > 0 ? 'bad' : null,
    },
    {
      ...plain,
      key: 'open',
      ...words.open,
      value: activityText.count(open),
      tone: count('failed-transaction') > 0 ? 'warning' : null,
    },
    { ...plain, key: 'idle', ...words.idle, value: activityText.count(count('idle')) },
    {
      ...plain,
      key: 'longestStatement',
      ...words.longestStatement,
      value: longest(sessions.map(({ statementMs }) => statementMs)),
    },
    {
      ...plain,
      key: 'longestTransaction',
      ...words.longestTransaction,
      value: longest(transactions),
      tone: isLong ? 'warning' : null,
    },
  ];
}

/** The server is nearly full when less than this share of its connections is left. */
const fullShare = 0.9;

function serverFigure({ key, value, gap }: ActivityFigure): ShownFigure {
  const { label, hint } = words[key];
  const shown = { key, label, beside: null, tone: null } as const;
  if (value === null) {
    const reason = gap === null ? '' : ` ${activityText.gapReason(gap)}`;
    return { ...shown, value: activityText.none, hint: `${hint}${reason}` };
  }
  if (value.type !== 'count') return { ...shown, value: activityText.figure(value), hint };
  const isFull = value.max !== null && value.count >= value.max * fullShare;
  return {
    ...shown,
    value: activityText.figure(value),
    beside: value.max === null ? null : activityText.ofMax(value.max),
    hint,
    tone: isFull ? 'bad' : null,
  };
}

/** The figures of a sample: the sessions first, then what the server counts. */
export function shownFigures(sample: ActivitySample): readonly ShownFigure[] {
  const [connections, ...others] = sample.figures.map(serverFigure);
  return [...(connections === undefined ? [] : [connections]), ...sessionFigures(sample), ...others];
}
