/**
 * What Mooring sets in a session after the log-in, in one round trip. The server's configuration or its `init_connect`
 * may have set something else before, and so may a person's own SQL afterwards.
 */
import type { MysqlBuild } from './family/builds.ts';
import type { Product } from './login/greeting.ts';

/**
 * How Mooring's own statements are read: both products in their usual, strict way. None of their text depends on it;
 * what they return would (ANSI_QUOTES in definitions, PAD_CHAR_TO_FULL_LENGTH in values).
 */
const ownSqlMode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
/** Keeps the sql_mode that a person's statements have, as the server set it or a statement changed it. */
const personalSqlMode = '@mooring_sql_mode';
/** How long the server waits for whoever takes the rows; its default is a minute. */
const patientWriteS = 3_600;

export interface ServerSettings {
  readonly product: Product;
  /** For one statement. */
  readonly queryMs: number;
  readonly build: MysqlBuild;
}

/** How a session is set at the moment. */
export interface SessionModes {
  /** Whose sql_mode it has. */
  readonly sqlMode: 'own' | 'personal';
  /** Whether the server limits the time of a statement. */
  readonly isLimited: boolean;
}

export const firstModes: SessionModes = { sqlMode: 'own', isLimited: true };

export const readOnlySession = 'SET SESSION TRANSACTION READ ONLY';

/** Texts go both ways in UTF-8, whatever was set before; in one statement with others it needs their names. */
const utf8 = ['character_set_client', 'character_set_connection', 'character_set_results'].map(
  (name) => `SESSION ${name} = utf8mb4`,
);
export const utf8Session = `SET ${utf8.join(', ')}`;

export interface StartSettings extends ServerSettings {
  readonly readOnly: boolean;
  /** As `Europe/Berlin` or `+02:00`; null: the server's. */
  readonly timeZone: string | null;
}

/** The statements after the log-in. */
export function startStatements(start: StartSettings): readonly string[] {
  const { build, readOnly, timeZone } = start;
  const settings = [
    ...utf8,
    `${personalSqlMode} = @@SESSION.sql_mode`,
    `SESSION sql_mode = '${ownSqlMode}'`,
    `SESSION ${limit(start, true)}`,
    `SESSION net_write_timeout = ${patientWriteS}`,
    ...(timeZone === null ? [] : [`SESSION time_zone = ${quotedTimeZone(timeZone)}`]),
  ];
  return [
    `SET ${settings.join(', ')}`,
    ...(readOnly && build.hasReadOnly ? [readOnlySession] : []),
    `SELECT @@SESSION.max_allowed_packet, ${personalSqlMode}`,
  ];
}

/** The longest statement that the server takes, in bytes, as `startStatements` asked for it; null where it does not say. */
export function statementLimit([limit]: readonly (string | null)[]): number | null {
  const bytes = Number(limit ?? Number.NaN);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}

/** The sql_mode of people's statements, as `startStatements` asked for it; null as long as the server has not answered. */
export const personalSqlModeOf = ([, sqlMode]: readonly (string | null)[]): string | null => sqlMode ?? null;

/** Asks for the same later. One of Mooring's own statements, during which the variable holds it. */
export const askPersonalSqlMode = `SELECT ${personalSqlMode}`;

/** What brings a session from one state to another. */
export function switchModes(
  from: SessionModes,
  to: SessionModes,
  settings: ServerSettings,
): readonly string[] {
  const changes = [
    ...(from.sqlMode === to.sqlMode ? [] : sqlModeChanges(to.sqlMode)),
    ...(from.isLimited === to.isLimited ? [] : [`SESSION ${limit(settings, to.isLimited)}`]),
  ];
  return changes.length === 0 ? [] : [`SET ${changes.join(', ')}`];
}

function sqlModeChanges(to: SessionModes['sqlMode']): readonly string[] {
  if (to === 'personal') return [`SESSION sql_mode = ${personalSqlMode}`];
  return [`${personalSqlMode} = @@SESSION.sql_mode`, `SESSION sql_mode = '${ownSqlMode}'`];
}

/** MySQL limits statements that only read; MariaDB limits all of them. */
function limit({ product, queryMs }: ServerSettings, isLimited: boolean): string {
  const limitMs = isLimited ? queryMs : 0;
  return product === 'MariaDB'
    ? `max_statement_time = ${limitMs / 1_000}`
    : `max_execution_time = ${limitMs}`;
}

/** Names of time zones have no other characters; the schema of the configuration checks them too. */
function quotedTimeZone(timeZone: string): string {
  return `'${timeZone.replace(/[^\w/+:-]/g, '')}'`;
}
