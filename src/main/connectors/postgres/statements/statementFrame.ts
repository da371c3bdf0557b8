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
 *
 * Behind a pooler the session of the server may be another one for the next statement, and then have whatever others have
 * set. There each statement of a person runs inside of a read-only transaction, and one that a person begins is made
 * read-only in the same write.
 */
import type { OwnRead, Statement } from '../../Connection.ts';
import { commandOf, keepsOutOfTransactions } from './personalStatements.ts';
import { ownSettings } from './pinnedSettings.ts';
import { endsTransactions } from './readOnlySql.ts';
import { commandMessages, sync } from './statementMessages.ts';

export interface StatementFrame {
  /** Commands before the statement in a step of their own, and how many they are. */
  readonly lead: Buffer;
  readonly leadCount: number;
  /** Commands before the statement, in its step, and how many they are. */
  readonly before: Buffer;
  readonly beforeCount: number;
  /** Commands after it, in a step of their own, and how many they are. */
  readonly after: Buffer;
  readonly afterCount: number;
  /** Inside a transaction the end may fail, because a failed transaction takes no statement but its end. */
  readonly mayFailInTransaction: boolean;
}

/**
 * Named in full, so that no setting of the role changes what the transaction is: it sees one state of the database, and it
 * does not wait for others, as a deferrable one may.
 */
const begin = 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY NOT DEFERRABLE';

/**
 * Sets what Mooring depends on, until the end of the (sub)transaction unless it is for the session. It answers no row,
 * since nothing is null.
 */
function pin(settings: readonly (readonly [name: string, value: string])[], isLocal = true): string {
  const calls = settings.map(([name, value]) => `pg_catalog.set_config('${name}', ${value}, ${isLocal})`);
  return `SELECT FROM pg_catalog.concat(${calls.join(', ')}) AS pinned WHERE pinned IS NULL`;
}

const currentSchemaSetting = 'mooring.current_schema';

/** SQL for the first schema of the role's own search path that exists, or NULL, in a statement that reads the catalogue. */
export const currentSchemaSql = `nullif(pg_catalog.current_setting('${currentSchemaSetting}'), '')`;

function settingsFor(reads: OwnRead['reads']): (readonly [name: string, value: string])[] {
  const quoted = ownSettings(reads).map(([name, value]) => [name, `'${value}'`] as const);
  if (reads === 'rows') return quoted;
  // First, while the search path is still the role's.
  return [[currentSchemaSetting, "coalesce(pg_catalog.current_schema()::pg_catalog.text, '')"], ...quoted];
}

/** The commands of a frame. */
interface FrameCommands {
  readonly lead?: readonly string[];
  readonly before?: readonly string[];
  readonly after: readonly string[];
  readonly mayFailInTransaction: boolean;
}

function frame({ lead = [], before = [], after, mayFailInTransaction }: FrameCommands): StatementFrame {
  return {
    lead: step(lead),
    leadCount: lead.length,
    before: Buffer.concat(before.map(commandMessages)),
    beforeCount: before.length,
    after: step(after),
    afterCount: after.length,
    mayFailInTransaction,
  };
}

const step = (commands: readonly string[]): Buffer =>
  commands.length === 0 ? Buffer.alloc(0) : Buffer.concat([...commands.map(commandMessages), sync]);

const stayReadOnly = 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY';
const savepoint = 'mooring_own';

function framesFor(reads: OwnRead['reads']) {
  const settings = settingsFor(reads);
  const beginPinned = [begin, pin(settings)];
  return {
    alone: frame({ before: beginPinned, after: ['ROLLBACK'], mayFailInTransaction: false }),
    begin: frame({ before: beginPinned, after: [], mayFailInTransaction: false }),
    /** Inside a transaction that is open already, only what the statement itself did is undone. */
    inside: frame({
      before: [`SAVEPOINT ${savepoint}`, pin([['transaction_read_only', "'on'"], ...settings])],
      after: [`ROLLBACK TO SAVEPOINT ${savepoint}`, `RELEASE SAVEPOINT ${savepoint}`],
      mayFailInTransaction: true,
    }),
  };
}

const own = { catalogue: framesFor('catalogue'), rows: framesFor('rows') } as const;

/** For servers that are built otherwise: without settings, and without savepoints. */
const plainBegin = ['BEGIN READ ONLY'];
const plain = {
  alone: frame({ before: plainBegin, after: ['ROLLBACK'], mayFailInTransaction: false }),
  begin: frame({ before: plainBegin, after: [], mayFailInTransaction: false }),
  inside: null,
} as const;

const personal: FrameCommands = { after: [stayReadOnly], mayFailInTransaction: true };
/** A block or procedure could commit, and go on in a transaction that is not read-only; inside a transaction it cannot. */
const personalBlock: FrameCommands = {
  before: ['BEGIN READ ONLY'],
  after: ['COMMIT', stayReadOnly],
  mayFailInTransaction: false,
};
/** Behind a pooler. */
const wrapped: FrameCommands = {
  before: ['BEGIN READ ONLY'],
  after: ['COMMIT'],
  mayFailInTransaction: false,
};
/** After a person's BEGIN. Where it has failed, the server only warns. */
const begun: FrameCommands = { after: ['SET TRANSACTION READ ONLY'], mayFailInTransaction: false };
const bare: FrameCommands = { after: [], mayFailInTransaction: true };
/** Made once: every statement needs one. */
const frames: ReadonlyMap<FrameCommands, StatementFrame> = new Map(
  [personal, personalBlock, wrapped, begun].map((commands) => [commands, frame(commands)]),
);

const limit = 'statement_timeout';

/** Settings of the session for one statement. */
type StatementSettings = readonly (readonly [name: string, value: string])[];

const keptName = (name: string): string => `mooring.${name}`;

/**
 * The session has these settings for one statement, and afterwards what it had before, also when a person had set that.
 * In a step of its own: some commands must be the first of their step.
 */
function withSettings({ after, ...rest }: FrameCommands, settings: StatementSettings): StatementFrame {
  const set = settings.flatMap(([name, value]) => [
    // With a sign before it: the value itself may be empty.
    [keptName(name), `'=' || pg_catalog.current_setting('${name}')`] as const,
    [name, `'${value}'`] as const,
  ]);
  const restored = settings.map(([name]) => [name, keptValue(name)] as const);
  return frame({ ...rest, lead: [pin(set, false)], after: [...after, pin(restored, false)] });
}

const keptValue = (name: string): string =>
  `coalesce(pg_catalog.substr(nullif(pg_catalog.current_setting('${keptName(name)}', true), ''), 2), pg_catalog.current_setting('${name}'))`;

/** The same for one of Mooring's own, outside of a transaction: its settings end with it. */
const ownWithLimit = (reads: OwnRead['reads'], limitMs: number): StatementFrame =>
  frame({
    before: [begin, pin([...settingsFor(reads), [limit, `'${Math.trunc(limitMs)}'`]])],
    after: ['ROLLBACK'],
    mayFailInTransaction: false,
  });

/** The default of the session for its transactions, or a transaction around each statement. */
export type ReadOnlyBy = 'session' | 'transactions';

/** What a frame depends on at the moment when the statement is sent. */
export interface FrameSituation {
  readonly isInTransaction: boolean;
  /** What keeps a session of a read-only data source from writing; null: the data source is none. */
  readonly readOnlyBy: ReadOnlyBy | null;
  /** Mooring's own statements go without settings and savepoints. */
  readonly isPlain: boolean;
  /** The server's limit for this statement; null: the session's. */
  readonly limitMs: number | null;
  /** What the session is called while a statement of a person runs; null: what it is called anyway. */
  readonly applicationName: string | null;
}

/** Null: the statement is sent as it is. */
export function frameFor(statement: Statement, situation: FrameSituation): StatementFrame | null {
  if (statement.own !== undefined) return ownFrameFor(statement.own, situation);
  const settings = settingsOf(situation);
  const commands = guardOf(statement.text, situation);
  return settings.length > 0 ? withSettings(commands, settings) : (frames.get(commands) ?? null);
}

const begins: ReadonlySet<string> = new Set(['BEGIN', 'START']);

/** What keeps a statement of a person from writing. */
function guardOf(text: string, { readOnlyBy, isInTransaction }: FrameSituation): FrameCommands {
  if (readOnlyBy === null) return bare;
  if (readOnlyBy === 'session') return !isInTransaction && endsTransactions(text) ? personalBlock : personal;
  if (isInTransaction || keepsOutOfTransactions(text)) return bare;
  return begins.has(commandOf(text)) ? begun : wrapped;
}

function settingsOf({ limitMs, applicationName }: FrameSituation): StatementSettings {
  return [
    ...(limitMs === null ? [] : [[limit, String(Math.trunc(limitMs))] as const]),
    ...(applicationName === null ? [] : [['application_name', applicationName] as const]),
  ];
}

function ownFrameFor(
  { reads, transaction }: OwnRead,
  { isInTransaction, isPlain, limitMs }: FrameSituation,
): StatementFrame | null {
  if (transaction === 'continue') return null;
  if (isPlain) return plain[transaction ?? (isInTransaction ? 'inside' : 'alone')];
  if (limitMs !== null) return ownWithLimit(reads, limitMs);
  return own[reads][transaction ?? (isInTransaction ? 'inside' : 'alone')];
}
