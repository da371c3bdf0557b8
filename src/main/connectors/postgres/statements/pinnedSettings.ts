/**
 * The settings of a session that Mooring depends on. A role, a database or the server's configuration may have others
 * (`ALTER ROLE … SET …`), and so may a person's own SQL.
 *
 * - In the start-up message go the ones that decide how values and statements look on the wire. There they outrank every
 *   `ALTER … SET` and cost no round trip. They also become what RESET and DISCARD ALL go back to, so a session cannot
 *   lose them by accident, and neither can it ask for the role's own values.
 * - Mooring's own statements set all of them for their own transaction (`statementFrame.ts`). What they read therefore
 *   does not depend on the session at all: neither on what a pooler refused or mixed up, nor on what a person has set.
 *
 * So the SQL workspace need not restore anything to let people see the role's own values: it leaves the settings that
 * say `personSees: 'role'` out of the start-up message of its sessions.
 */
interface PinnedSetting {
  readonly name: string;
  readonly value: string;
  /** Why Mooring depends on it. */
  readonly why: string;
  /**
   * `start-up`: for the whole session. `start-up, pooler`: the same, and PgBouncer lets it through in its default
   * configuration. `own`: only for Mooring's own statements; a person's SQL has the role's own value anyway.
   * `own, catalogue`: as `own`, but not while rows of a relation are read.
   */
  readonly pinned: 'start-up' | 'start-up, pooler' | 'own' | 'own, catalogue';
  /** What a person's own SQL should see: the pinned value, because its results are read with it, or the role's own. */
  readonly personSees: 'pinned' | 'role';
}

const pinnedSettings: readonly PinnedSetting[] = [
  {
    // Every start-up message has it already.
    name: 'client_encoding',
    value: 'UTF8',
    why: 'Every text on the wire is read and written as UTF-8.',
    pinned: 'own',
    personSees: 'pinned',
  },
  {
    name: 'standard_conforming_strings',
    value: 'on',
    why: 'Decides whether a backslash in a string is an ordinary character.',
    pinned: 'start-up, pooler',
    personSees: 'role',
  },
  {
    // The style only: the order of day and month stays as it is, because it decides how a person's dates are read.
    name: 'DateStyle',
    value: 'ISO',
    why: 'Dates and times are read in one format.',
    pinned: 'start-up, pooler',
    personSees: 'pinned',
  },
  {
    name: 'IntervalStyle',
    value: 'postgres',
    why: 'Intervals are read in one format. It also decides what the sign in an interval literal means.',
    pinned: 'start-up',
    personSees: 'role',
  },
  {
    name: 'bytea_output',
    value: 'hex',
    why: 'Binary values are read in one format.',
    pinned: 'start-up',
    personSees: 'pinned',
  },
  {
    name: 'extra_float_digits',
    value: '1',
    why: 'Floating-point numbers arrive with every digit they have.',
    pinned: 'start-up',
    personSees: 'pinned',
  },
  {
    name: 'quote_all_identifiers',
    value: 'off',
    why: 'Definitions of views and indexes look the same for every role.',
    pinned: 'own',
    personSees: 'role',
  },
  {
    name: 'row_security',
    value: 'on',
    why: 'Tables with row-level security show the rows the user may see, instead of failing.',
    pinned: 'own',
    personSees: 'role',
  },
  {
    name: 'client_min_messages',
    value: 'warning',
    why: 'Debug messages of the server would be sent for every step of every statement, and nobody reads them.',
    pinned: 'own',
    personSees: 'role',
  },
  {
    // Not while rows are read: a function in a view may need the role's own path to find what it uses.
    name: 'search_path',
    value: 'pg_catalog, pg_temp',
    why: 'Operators are those of the catalogue, and type names in other schemas are shown with their schema.',
    pinned: 'own, catalogue',
    personSees: 'role',
  },
];

/*
 * Looked at and left as the role has them:
 * - TimeZone: the reader of a row expects local time, and its text carries the offset, so nothing is lost.
 * - lc_messages: people read the server in their own language; no decision here depends on it.
 * - lc_monetary, lc_numeric, xmloption, backslash_quote: only a person's own values and SQL meet them.
 * - default_transaction_isolation, default_transaction_deferrable: the BEGIN of our own statements names its own.
 * - default_transaction_read_only: part of the start-up message for a read-only data source, otherwise the role's.
 * - lock_timeout, transaction_timeout, idle_session_timeout: limits that an administrator set on purpose. They can only
 *   end something earlier, and that is reported as what it is.
 */

/** Which settings a server or pooler accepts in the start-up message. */
export type StartupAcceptance = 'all' | 'pooler';

/** The pinned settings for the start-up message. */
export function startupSettings(acceptance: StartupAcceptance): Record<string, string> {
  return Object.fromEntries(
    pinnedSettings
      .filter(
        ({ pinned }) => pinned === 'start-up, pooler' || (acceptance === 'all' && pinned === 'start-up'),
      )
      .map(({ name, value }) => [name, value]),
  );
}

/** Name and value of each setting that Mooring's own statements have. */
export function ownSettings(
  reads: 'catalogue' | 'rows',
): readonly (readonly [name: string, value: string])[] {
  return pinnedSettings
    .filter(({ pinned }) => reads === 'catalogue' || pinned !== 'own, catalogue')
    .map(({ name, value }) => [name, value]);
}
