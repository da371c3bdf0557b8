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
