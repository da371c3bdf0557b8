/** Rows of `sessionSql.ts` as they are read. */
import { z } from 'zod';
import {
  type ActivityState,
  type LockWait,
  maxActivityTextLength,
} from '../../../../shared/model/serverActivity.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { SampledSession } from '../../ServerActivity.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { flagCell } from '../catalogue/resultRows.ts';

const maxNameLength = 200;

const nameCell = z
  .string()
  .transform((text) => cleanText(text, maxNameLength))
  .nullable();
/** Two clock readings may be in the wrong order by a little. */
const ageCell = numberCell.transform((ageMs) => Math.max(0, Math.round(ageMs))).nullable();

const sessionCells = z.tuple([
  textCell,
  numberCell,
  flagCell,
  textCell.nullable(),
  nameCell,
  nameCell,
  nameCell,
  nameCell,
  textCell.nullable(),
  textCell.nullable(),
  textCell.nullable(),
  ageCell,
  ageCell,
  ageCell,
  ageCell,
  textCell.nullable(),
  textCell.nullable(),
  flagCell.nullable(),
  flagCell,
]);

export interface SessionRow extends SampledSession {
  /** The server does not say what it does. */
  readonly isHidden: boolean;
}

export const sessionRow = sessionCells.transform((cells): SessionRow => {
  const [id, number, isAsking, type, user, database, client, application, ...doing] = cells;
  const [status, waitType, wait, connectedMs, transactionMs, queryMs, stateMs, ...shown] = doing;
  const [statementId, text, isCut, isSeen] = shown;
  const state = isSeen ? stateOf(status, waitType) : null;
  const runs = state === 'active' || state === 'waiting';
  return {
    ...{
      id,
      number,
      isAsking,
      user,
      database,
      client,
      application,
      state,
      connectedMs,
      transactionMs,
      stateMs,
    },
    role: roleOf(type),
    waitsFor: isSeen ? waitText(waitType, wait) : null,
    statementMs: runs ? queryMs : null,
    statement:
      !isSeen || text === null || text === ''
        ? null
        : { id: statementId, text: text.slice(0, maxActivityTextLength), isCut: isCut ?? false },
    isHidden: !isSeen,
  };
});

function roleOf(type: string | null): SampledSession['role'] {
  if (type === null || type === 'client backend') return 'client';
  if (type === 'walsender') return 'replication';
  return type === 'autovacuum worker' ? 'maintenance' : 'worker';
}

const states: Readonly<Record<string, ActivityState>> = {
  active: 'active',
  idle: 'idle',
  'idle in transaction': 'idle-in-transaction',
  'idle in transaction (aborted)': 'failed-transaction',
};

function stateOf(status: string | null, waitType: string | null): ActivityState {
  if (status === 'active' && waitType === 'Lock') return 'waiting';
  return states[status ?? ''] ?? 'other';
}

/** That a session waits for its client, or a worker for work, is said by its state already. */
const unremarkable: ReadonlySet<string> = new Set(['Client', 'Activity']);

const waitText = (type: string | null, event: string | null): string | null =>
  type === null || event === null || unremarkable.has(type) ? null : `${type}: ${event}`;

const lockKinds: Readonly<Record<string, LockWait['lock']['kind']>> = {
  relation: 'table',
  extend: 'table',
  page: 'table',
  tuple: 'row',
  transactionid: 'row',
  virtualxid: 'transaction',
  advisory: 'advisory',
};

export const lockRow = z
  .tuple([numberCell, numberCell, textCell, textCell, nameCell])
  .transform(([waiting, holder, type, mode, object]) => ({
    waiting,
    holder,
    lock: { kind: lockKinds[type] ?? ('other' as const), object, mode },
  }));
