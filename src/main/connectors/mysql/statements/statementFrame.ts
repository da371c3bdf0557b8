/**
 * What is sent around a statement, in the same write, so that it costs no round trip.
 *
 * Mooring's own statements run in a read-only transaction that is rolled back; inside a transaction that is open already,
 * what they did is undone to a savepoint. They have Mooring's sql_mode, a person's statements have the person's: the other
 * one is kept in a variable of the session. A statement whose rows are streamed has no limit of the server's, which would
 * count the time that the rows wait for whoever takes them; ours counts only what the server takes.
 *
 * On a read-only data source each statement of a person is followed by one that makes the session read-only again. After,
 * not before: its answer is here before anything else is sent, and a session that did not obey is dropped. A procedure or
 * block runs inside of a read-only transaction, so that to make its session writable is not enough: it would have to commit
 * as well.
 */
import type { Statement } from '../../Connection.ts';
import { readOnlySession, type ServerSettings, type SessionModes, switchModes } from '../sessionSettings.ts';
import { runsStatements } from './readOnlySql.ts';

export interface StatementFrame {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** How the session is set while the statement runs, and stays. */
  readonly modes: SessionModes;
}

const begin = 'START TRANSACTION READ ONLY';
const savepoint = 'mooring_own';

const alone = { before: [begin], after: ['ROLLBACK'] };
const inside = {
  before: [`SAVEPOINT ${savepoint}`],
  after: [`ROLLBACK TO SAVEPOINT ${savepoint}`, `RELEASE SAVEPOINT ${savepoint}`],
};
/** Of a server that has no such transactions: what is done in it is undone all the same. */
const unmarked = { before: ['START TRANSACTION'], after: ['ROLLBACK'] };
const bare = { before: [], after: [] };
const personal = { before: [], after: [readOnlySession] };
const personalBlock = { before: [begin], after: ['COMMIT', readOnlySession] };

/** What a frame depends on at the moment when the statement is sent. */
export interface FrameSituation {
  readonly isInTransaction: boolean;
  /** The data source is marked read-only. */
  readonly isReadOnlySource: boolean;
  /** The server does not limit its time: its rows are streamed, or whoever runs it gives it longer. */
  readonly isUnlimited: boolean;
  readonly modes: SessionModes;
  readonly settings: ServerSettings;
}

export function frameFor(statement: Statement, situation: FrameSituation): StatementFrame {
  const isOwn = statement.own !== undefined;
  const modes: SessionModes = { sqlMode: isOwn ? 'own' : 'personal', isLimited: !situation.isUnlimited };
  const { before, after } = parts(statement, situation);
  return { before: [...switchModes(situation.modes, modes, situation.settings), ...before], after, modes };
}

function parts(statement: Statement, { isInTransaction, isReadOnlySource, settings }: FrameSituation) {
  const { hasReadOnly } = settings.build;
  if (statement.own === undefined) {
    if (!isReadOnlySource || !hasReadOnly) return bare;
    return !isInTransaction && runsStatements(statement.text) ? personalBlock : personal;
  }
  switch (statement.own.transaction) {
    case 'continue':
      return bare;
    case 'begin':
      return { before: hasReadOnly ? [begin] : unmarked.before, after: [] };
    default:
      if (isInTransaction) return inside;
      return hasReadOnly ? alone : unmarked;
  }
}
