import type {
  ActivityColumn,
  ActivitySample,
  ActivitySession,
  ActivityState,
  ActivityView,
  LockWait,
} from '../../../shared/model/serverActivity.ts';
import { compareNames } from '../../lib/compareNames.ts';

/** A row of the table. */
export interface SessionRow {
  /** A session that waits for several others is there several times. */
  readonly key: string;
  readonly session: ActivitySession;
  /** How many it waits behind; 0 in the plain list. */
  readonly depth: number;
  /** What it waits for, where that is shown. */
  readonly wait: LockWait | null;
}

/** The worst first. */
const stateRank: Record<ActivityState, number> = {
  'failed-transaction': 0,
  waiting: 1,
  'idle-in-transaction': 2,
  active: 3,
  other: 4,
  idle: 5,
};

type SortValue = string | number | null;

function sortValue(session: ActivitySession, column: ActivityColumn): SortValue {
  switch (column) {
    case 'state':
      return session.state === null ? null : stateRank[session.state];
    case 'statement':
      return session.statement?.text ?? null;
    default:
      return session[column];
  }
}

/** What is not known comes last, whatever the direction. */
function compare(left: SortValue, right: SortValue, isDescending: boolean): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : compareNames(String(left), String(right));
  return isDescending ? -order : order;
}

function matches(session: ActivitySession, filter: string): boolean {
  const { application, client, database, number, statement, user } = session;
  return [String(number), user, database, application, client, statement?.text].some(
    (text) => text?.toLowerCase().includes(filter) === true,
  );
}

/** The sessions that are shown, in order. */
export function sessionRows(
  sample: ActivitySample,
  { hidesIdle, hidesOwn, sort }: ActivityView,
  filter: string,
): readonly SessionRow[] {
  const wanted = filter.trim().toLowerCase();
  return sample.sessions
    .filter(({ state }) => !(hidesIdle && state === 'idle'))
    .filter(({ owner }) => !(hidesOwn && owner !== 'other'))
    .filter((session) => wanted === '' || matches(session, wanted))
    .sort(
      (left, right) =>
        compare(sortValue(left, sort.column), sortValue(right, sort.column), sort.isDescending) ||
        left.number - right.number,
    )
    .map((session) => ({ key: session.id, session, depth: 0, wait: null }));
}

/** Whom each session keeps waiting, as a tree: first those that wait for nobody. */
export function waitRows({ sessions, lockWaits }: ActivitySample): readonly SessionRow[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const waiting = new Set(lockWaits.map(({ waitingId }) => waitingId));
  const held = new Map<string | null, LockWait[]>();
  for (const wait of lockWaits) held.set(wait.holderId, [...(held.get(wait.holderId) ?? []), wait]);
  const rows: SessionRow[] = [];
  const seen = new Set<string>();

  const add = (id: string, wait: LockWait | null, path: readonly string[]): void => {
    const session = byId.get(id);
    if (session === undefined || path.includes(id)) return;
    seen.add(id);
    const way = [...path, id];
    rows.push({ key: way.join(' '), session, depth: path.length, wait });
    for (const next of held.get(id) ?? []) add(next.waitingId, next, way);
  };
  for (const holderId of held.keys()) {
    if (holderId !== null && !waiting.has(holderId)) add(holderId, null, []);
  }
  // Held by what is no session here; or each waits for the other, until the server ends one of them.
  for (const wait of lockWaits) if (!seen.has(wait.waitingId)) add(wait.waitingId, wait, []);
  return rows;
}

/** How many sessions wait for a lock that another one holds. */
export const waitingCount = ({ lockWaits }: ActivitySample): number =>
  new Set(lockWaits.map(({ waitingId }) => waitingId)).size;

/** So many are a glance. */
const maxLongest = 20;

/** What runs, the longest first. Who looks does not count. */
export const longestRows = ({ sessions }: ActivitySample): readonly SessionRow[] =>
  sessions
    .filter(({ owner, statementMs }) => owner !== 'sampling' && statementMs !== null)
    .sort((left, right) => (right.statementMs ?? 0) - (left.statementMs ?? 0))
    .slice(0, maxLongest)
    .map((session) => ({ key: session.id, session, depth: 0, wait: null }));
