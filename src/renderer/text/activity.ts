import type {
  ActivityColumn,
  ActivityFigure,
  ActivityGap,
  ActivityGapReason,
  ActivitySession,
  ActivityState,
  InterventionOutcome,
  LockWait,
} from '../../shared/model/serverActivity.ts';
import { formatBytes, formatCount } from '../lib/format.ts';

const rates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const shares = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

const state: Record<ActivityState, string> = {
  active: 'Active',
  waiting: 'Waiting for a lock',
  idle: 'Idle',
  'idle-in-transaction': 'Idle in transaction',
  'failed-transaction': 'Failed transaction',
  other: 'Other',
};

const column: Record<ActivityColumn, string> = {
  number: 'Session',
  user: 'User',
  database: 'Database',
  application: 'Application',
  client: 'Client',
  state: 'State',
  waitsFor: 'Waits for',
  statementMs: 'Running',
  transactionMs: 'Transaction',
  statement: 'Statement',
};

/** A duration to whole seconds, as long as they matter: figures that change all the time stay readable. */
function duration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  const seconds = Math.floor(durationMs / 1_000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${formatCount(days)} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

const reasons: Record<ActivityGapReason, string> = {
  'missing-right': 'This user may not see it.',
  'not-offered': 'This server does not offer it.',
  'not-replicated': 'The server has no replica and is none.',
  'first-sample': 'It takes a few more samples.',
  'too-slow': 'The server took too long to find out, so it is not asked again.',
  'too-many': 'There are more than Mooring reads.',
  refused: 'The server did not say.',
};

const gapReason = ({ reason, right }: Omit<ActivityGap, 'part'>): string =>
  reason === 'missing-right' && right !== null ? `This user needs ${right} to see it.` : reasons[reason];

const parts: Record<ActivityGap['part'], string> = {
  sessions: 'Not all sessions are shown.',
  transactions: 'Open transactions are not shown.',
  statements: 'Not all statements are shown.',
  locks: 'Who waits for whom is not shown.',
};

/** What is missing, in one line. Parts that are missing for the same reason share it. */
function gaps(missing: readonly ActivityGap[]): string {
  const why = [...new Set(missing.map(gapReason))];
  return why
    .flatMap((reason) => [
      ...missing.filter((gap) => gapReason(gap) === reason).map(({ part }) => parts[part]),
      reason,
    ])
    .join(' ');
}

const lockKind: Record<LockWait['lock']['kind'], string> = {
  row: 'row',
  table: 'table',
  definition: 'definition',
  transaction: 'transaction',
  advisory: 'advisory lock',
  other: 'lock',
};

/** `row in shop.orders`. */
function lock({ holderId, lock: { kind, object } }: LockWait): string {
  const what =
    object === null ? lockKind[kind] : `${lockKind[kind]} ${kind === 'row' ? 'in' : 'of'} ${object}`;
  return holderId === null ? `${what}, held by no session` : what;
}

function figure(value: NonNullable<ActivityFigure['value']>): string {
  switch (value.type) {
    case 'count':
      return formatCount(value.count);
    case 'rate':
      return `${rates.format(value.perSecond)}/s`;
    case 'share':
      return `${shares.format(value.share * 100)} %`;
    case 'duration':
      return duration(value.durationMs);
    case 'bytes':
      return formatBytes(value.count);
  }
}

/** `app on shop`, as far as the server says it. */
const who = ({ user, database }: ActivitySession): string =>
  `${user ?? 'unknown user'}${database === null ? '' : ` on ${database}`}`;

const outcomes: Record<InterventionOutcome, string> = {
  sent: '',
  over: 'The statement had ended already. Nothing was done.',
  gone: 'The session had ended already.',
};

export const activityText = {
  none: '–',
  count: formatCount,
  ofMax: (max: number) => `of ${formatCount(max)}`,
  duration,
  figure,
  gapReason,
  gaps,
  lock,
  state,
  hiddenState: 'Not shown',
  columns: column,
  figures: {
    label: 'Server figures',
    connections: { label: 'Connections', hint: 'Client connections of the server, and how many it accepts.' },
    active: { label: 'Active', hint: 'Sessions that run a statement now, also those that wait for a lock.' },
    blocked: { label: 'Blocked', hint: 'Sessions that wait for a lock of another session.' },
    open: {
      label: 'In transaction',
      hint: 'Sessions that run nothing while their transaction is open. They keep their locks.',
    },
    idle: { label: 'Idle', hint: 'Sessions that run nothing and have no open transaction.' },
    longestStatement: {
      label: 'Longest statement',
      hint: 'The statement that has run for the longest time.',
    },
    longestTransaction: {
      label: 'Longest transaction',
      hint: 'The transaction that has been open for the longest time. After five minutes it is marked.',
    },
    transactions: {
      label: 'Transactions',
      hint: 'Committed and rolled back per second, in all databases.',
    },
    statements: {
      label: 'Statements',
      hint: 'Statements per second, of all sessions.',
    },
    cacheHits: {
      label: 'Cache hits',
      hint: 'Pages that were found in the server’s memory in the last minute, not read from the disk.',
    },
    replicationLag: {
      label: 'Replication lag',
      hint: 'How far the slowest replica, or this one, is behind.',
    },
    databaseSize: { label: 'Size', hint: 'Size of the database on the disk, read every minute.' },
  },
  /** Of the charts: short, in lower case, as a legend writes it. */
  trend: {
    sessions: 'Sessions by state',
    connections: 'Server connections',
    states: {
      active: 'active',
      waiting: 'blocked',
      idle: 'idle',
      'idle-in-transaction': 'in transaction',
      'failed-transaction': 'failed',
      other: 'other',
    } satisfies Record<ActivityState, string>,
    open: 'open',
    max: 'max',
    lines: {
      transactions: 'per second',
      statements: 'per second',
      cacheHits: 'from memory',
      replicationLag: 'behind',
      databaseSize: 'on the disk',
    },
    count: formatCount,
    rate: (perSecond: number) => rates.format(perSecond),
    share: (share: number) => `${shares.format(share * 100)} %`,
  },
  server: {
    heading: 'Server',
    note: 'Asked while this is on the screen, not kept.',
    open: 'Open activity',
    openSession: 'Show in activity',
    longest: 'Longest statements',
    nothingRuns: 'No statement runs',
  },
  views: {
    label: 'What is listed',
    sessions: 'Sessions',
    waits: (count: number) => `Blocking (${formatCount(count)})`,
  },
  filter: 'Filter sessions',
  clearFilter: 'Clear filter',
  hideIdle: 'Hide idle',
  hideOwn: 'Hide Mooring’s',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused',
  cost: (tookMs: number, nextInMs: number) => `Sampled in ${duration(tookMs)}, every ${duration(nextInMs)}`,
  costHint: (isFromPool: boolean) =>
    isFromPool
      ? 'The server accepts no further connection, so one of the pool is used. A slow sample makes the next one come later.'
      : 'One connection of its own asks the server, while this is on the screen. A slow sample makes the next one come later.',
  late: (afterMs: number, nextInMs: number) =>
    `No answer within ${duration(afterMs)}. Next sample in ${duration(nextInMs)}.`,
  pausedAt: (time: string) => `As of ${time}`,
  waiting: 'Reading sessions…',
  noMatch: {
    title: 'No session matches',
    message: 'Change the filter, or show what is hidden.',
    show: 'Show all',
  },
  noWaits: {
    title: 'Nobody waits for a lock',
    message: 'When a session waits for another one, both appear here.',
  },
  owner: { sampling: 'reads this list', mooring: 'Mooring', other: '' },
  menu: 'Actions for the session',
  detail: {
    label: 'Selected session',
    title: (session: ActivitySession) => `Session ${session.number}`,
    ended: 'This session has ended.',
    close: 'Close details',
    who: 'User',
    from: 'Client',
    application: 'Application',
    state: 'State',
    since: (text: string, ageMs: number | null) =>
      ageMs === null ? text : `${text}, for ${duration(ageMs)}`,
    waitsFor: 'Waits for',
    running: 'Running for',
    transaction: 'In transaction',
    connected: 'Connected for',
    blockedBy: 'Blocked by',
    blocks: 'Blocks',
    noStatement: 'No statement.',
    hiddenStatement: 'This user may not see its statement.',
    cut: 'Only the beginning: the server, or Mooring, keeps no more.',
    copy: 'Copy',
    openQuery: 'Open in query tab',
    sampling: 'Mooring reads this list with this session. It ends when you close the activity.',
    readOnly: 'This data source is read-only, so its sessions cannot be ended here.',
  },
  intervention: {
    cancel: 'Cancel statement…',
    terminate: 'Terminate session…',
  },
  question: {
    cancel: {
      title: (session: ActivitySession) => `Cancel the statement of session ${session.number}?`,
      message: (session: ActivitySession) =>
        `The statement of ${who(session)} ends with an error. The session stays connected. If it is in a transaction, what it did there may be lost.`,
      confirm: 'Cancel statement',
      keep: 'Let it run',
    },
    terminate: {
      title: (session: ActivitySession) => `Terminate session ${session.number}?`,
      message: (session: ActivitySession) =>
        `${who(session)} loses the connection. ${
          session.transactionMs === null
            ? 'What runs in it is rolled back.'
            : `Its transaction, open for ${duration(session.transactionMs)}, is rolled back.`
        }`,
      confirm: 'Terminate session',
      keep: 'Keep it',
    },
    production: 'This is a production server.',
    own: 'It is one of Mooring’s own sessions.',
  },
  aftermath: {
    running: 'Asking the server…',
    sent: {
      cancel: (number: number) => `The server was asked to cancel the statement of session ${number}.`,
      terminate: (number: number) => `The server was asked to end session ${number}.`,
    },
    outcomes,
  },
};
