import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import type { Dialect } from '../Dialect.ts';

/** A name as SQL text, whatever it holds: only a double quote means anything inside double quotes. */
function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."relation"`, so that no search path decides which relation is meant. */
export function quoteRelation({ schema, name }: RelationRef): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

export const postgresDialect: Dialect = {
  quoteIdentifier,
  searchPath: 'select unnest(current_schemas(false))',
  // Not settings: Mooring's own statements have their own, and a role may have been changed.
  heldStates: {
    states: ['temporary-table', 'listening', 'lock', 'prepared'],
    text: `select 'temporary-table' where exists (select from pg_class where relnamespace = pg_my_temp_schema())
        or exists (select from pg_type where typnamespace = pg_my_temp_schema())
        or exists (select from pg_proc where pronamespace = pg_my_temp_schema())
      union all select 'listening' where exists (select from pg_listening_channels())
      union all select 'lock' where exists (
        select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid())
      union all select 'prepared' where exists (select from pg_prepared_statements)
        or exists (select from pg_cursors where is_holdable)`,
  },
  transactions: {
    begin({ readOnly, isolation }) {
      const level = isolation === null ? [] : [`isolation level ${isolation}`];
      return [['begin', ...level, ...(readOnly ? ['read only'] : [])].join(' ')];
    },
    commit: 'commit',
    rollback: 'rollback',
    savepoint: (name) => `savepoint ${quoteIdentifier(name)}`,
    release: (name) => `release savepoint ${quoteIdentifier(name)}`,
    rollbackTo: (name) => `rollback to savepoint ${quoteIdentifier(name)}`,
  },
};
