import type { ActivitySample, ActivitySession, LockWait } from '../../src/shared/model/serverActivity.ts';

/** A session of a client that runs nothing; override what the test is about. */
export const someSession = (number: number, overrides: Partial<ActivitySession> = {}): ActivitySession => ({
  id: `${number}.1`,
  number,
  role: 'client',
  owner: 'other',
  user: 'ann',
  database: 'shop',
  client: '10.0.0.7',
  application: null,
  state: 'idle',
  waitsFor: null,
  connectedMs: 1_000,
  transactionMs: null,
  statementMs: null,
  stateMs: 1_000,
  statement: null,
  ...overrides,
});

/** One session waits for another one's lock on a row. */
export const someWait = (waiting: number, holder: number | null): LockWait => ({
  waitingId: `${waiting}.1`,
  holderId: holder === null ? null : `${holder}.1`,
  lock: { kind: 'row', object: 'shop.orders', mode: null },
});

/** A sample of these sessions. */
export const someActivity = (
  sessions: readonly ActivitySession[],
  lockWaits: readonly LockWait[] = [],
): ActivitySample => ({
  at: 0,
  sessions: [...sessions],
  lockWaits: [...lockWaits],
  figures: [],
  gaps: [],
  cost: { tookMs: 3, nextInMs: 2_000, isFromPool: false },
});
