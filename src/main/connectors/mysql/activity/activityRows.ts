/** Rows of `sessionSql.ts` as they are read. */
import { z } from 'zod';
import type { ActivityState, LockWait } from '../../../../shared/model/serverActivity.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { SampledSession } from '../../ServerActivity.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { flagCell } from '../catalogue/catalogueRows.ts';

const maxNameLength = 200;

const nameCell = z
  .string()
  .transform((text) => cleanText(text, maxNameLength))
  .nullable();
const ageCell = numberCell.transform((ageMs) => Math.max(0, Math.round(ageMs)));

export const sessionRow = z.tuple([
  numberCell,
  flagCell,
  nameCell,
  nameCell,
  nameCell,
  textCell,
  ageCell.nullable(),
  nameCell,
  textCell.nullable(),
  flagCell.nullable(),
  textCell.nullable(),
]);
export type SessionRow = z.output<typeof sessionRow>;

export const statementRow = z.tuple([numberCell, textCell.nullable(), ageCell.nullable(), nameCell]);
export type StatementRow = z.output<typeof statementRow>;

export const transactionRow = z.tuple([numberCell, ageCell.nullable(), flagCell]);
export type TransactionRow = z.output<typeof transactionRow>;

const lockKinds: Readonly<Record<string, LockWait['lock']['kind']>> = {
  RECORD: 'row',
  TABLE: 'table',
  METADATA: 'definition',
};

export const lockRow = z
  .tuple([numberCell.nullable(), numberCell.nullable(), textCell, nameCell, nameCell])
  .transform(([waiting, holder, type, object, mode]) => ({
    waiting,
    holder,
    lock: { kind: lockKinds[type] ?? ('other' as const), object: object === '' ? null : object, mode },
  }));

/** What else the server says about a session, by its number. */
export interface SessionExtras {
  readonly statements: ReadonlyMap<number, StatementRow>;
  readonly transactions: ReadonlyMap<number, TransactionRow>;
}

/** The server's names for a wait for a lock on a table or its definition, the same in all languages. */
const lockState = /^Waiting for .*\block\b/;
/** Its own threads, which do the work of a replica or of the scheduler. */
const workers: ReadonlySet<string> = new Set(['system user', 'event_scheduler']);

export function sampledSession(row: SessionRow, extras: SessionExtras): SampledSession {
  const [number, isAsking, user, host, database, command, timeMs, serverState, ...said] = row;
  const [, eventId = null, eventMs = null, application = null] = extras.statements.get(number) ?? [];
  const [, transactionMs = null, waitsForRow = false] = extras.transactions.get(number) ?? [];
  const isWaiting = waitsForRow || lockState.test(serverState ?? '');
  const state = stateOf(command, isWaiting, extras.transactions.has(number));
  const runs = state === 'active' || state === 'waiting';
  return {
    ...{ id: String(number), number, isAsking, user, database, application, state, transactionMs },
    client: host === '' ? null : host,
    role: roleOf(command, user),
    waitsFor: runs ? (serverState ?? (waitsForRow ? 'row lock' : null)) : null,
    connectedMs: null,
    statementMs: runs ? (eventMs ?? timeMs) : null,
    stateMs: timeMs,
    statement: statementOf(said, eventId),
  };
}

function roleOf(command: string, user: string | null): SampledSession['role'] {
  if (command.startsWith('Binlog Dump')) return 'replication';
  return workers.has(user ?? '') ? 'worker' : 'client';
}

function stateOf(command: string, isWaiting: boolean, isInTransaction: boolean): ActivityState {
  if (command === 'Sleep') return isInTransaction ? 'idle-in-transaction' : 'idle';
  if (isWaiting) return 'waiting';
  return /^(?:Query|Execute|Fetch|Prepare|Init DB|Field List)$/.test(command) ? 'active' : 'other';
}

/** MariaDB numbers the statements of a server, MySQL those of a session. */
function statementOf(
  [text, isCut, queryId]: readonly [text: string | null, isCut: boolean | null, queryId: string | null],
  eventId: string | null,
): SampledSession['statement'] {
  if (text === null || text === '') return null;
  const eventName = eventId === null ? null : `event ${eventId}`;
  return { id: queryId === null ? eventName : `query ${queryId}`, text, isCut: isCut ?? false };
}
