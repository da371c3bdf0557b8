/**
 * What is sent around a statement, in the same write, so that it costs no round trip.
 *
 * Mooring's own statements run in a read-only transaction that is rolled back: whatever a view or function does in it,
 * even to the settings of the session, is undone. It begins in the same step as the statement, so that the server skips
 * the statement when the transaction cannot begin, and it ends in a step of its own, so that a statement that fails does
 * not skip the end.
 *
 * On a read-only data source each statement of a person is followed by one that makes the session read-only again. After,
 * not before: its answer is here before anything else is sent, and a session that did not obey is dropped.
 */
import type { OwnRead } from '../Connector.ts';
import { ownSettings } from './pinnedSettings.ts';
import { endsTransactions } from './readOnlySql.ts';
import { commandMessages, sync } from './statementMessages.ts';

export interface StatementFrame {
  /** Commands before the statement, in its step, and how many they are. */
  readonly before: Buffer;
  readonly beforeCount: number;
  /** Commands after it, in a step of their own, and how many they are. */
  readonly after: Buffer;
  readonly afterCount: number;
  /** Inside a transaction the end may fail, because a failed transaction takes no statement but its end. */
  readonly mayFailInTransaction: boolean;
}

/** Named in full, so that no setting of the role changes what the transaction is. A deferrable one might wait for others. */
const begin = 'BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ ONLY NOT DEFERRABLE';

/** Sets what Mooring depends on until the end of the (sub)transaction. It answers no row, since nothing is null. */
function pin(settings: readonly (readonly [name: string, value: string])[]): string {
  const calls = settings.map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', true)`);
  return `SELECT FROM pg_catalog.concat(${calls.join(', ')}) AS pinned WHERE pinned IS NULL`;
}

function frame(
  before: readonly string[],
  after: readonly string[],
  mayFailInTransaction: boolean,
): StatementFrame {
  return {
    before: Buffer.concat(before.map(commandMessages)),
    beforeCount: before.length,
    after: after.length === 0 ? Buffer.alloc(0) : Buffer.concat([...after.map(commandMessages), sync]),
    afterCount: after.length,
    mayFailInTransaction,
  };
}

const pinCatalogue = pin(ownSettings('catalogue'));
const pinRows = pin(ownSettings('rows'));
const stayReadOnly = 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY';
const savepoint = 'mooring_own';

const alone = {
  catalogue: frame([begin, pinCatalogue], ['ROLLBACK'], false),
  rows: frame([begin, pinRows], ['ROLLBACK'], false),
  cursor: frame([begin, pinRows], [], false),
} as const;

/** Inside a transaction that is open already, only what the statement itself did is undone. */
function nested(reads: 'catalogue' | 'rows'): StatementFrame {
  const readOnly = ['transaction_read_only', 'on'] as const;
  return frame(
    [`SAVEPOINT ${savepoint}`, pin([readOnly, ...ownSettings(reads)])],
    [`ROLLBACK TO SAVEPOINT ${savepoint}`, `RELEASE SAVEPOINT ${savepoint}`],
    true,
  );
}

const inside = { catalogue: nested('catalogue'), rows: nested('rows') } as const;

const personal = frame([], [stayReadOnly], true);
/** A block or procedure could commit, and go on in a transaction that is not read-only; inside a transaction it cannot. */
const personalBlock = frame(['BEGIN READ ONLY'], ['COMMIT', stayReadOnly], false);

/** What a frame depends on at the moment when the statement is sent. */
export interface FrameSituation {
  /** Null for a statement of a person. */
  readonly own: OwnRead | null;
  readonly text: string;
  readonly isInTransaction: boolean;
  readonly isReadOnlySource: boolean;
}

/** Null: the statement is sent as it is. */
export function frameFor({
  own,
  text,
  isInTransaction,
  isReadOnlySource,
}: FrameSituation): StatementFrame | null {
  if (own === 'fetch') return null;
  if (own === 'cursor') return alone.cursor;
  if (own !== null) return isInTransaction ? inside[own] : alone[own];
  if (!isReadOnlySource) return null;
  return !isInTransaction && endsTransactions(text) ? personalBlock : personal;
}
