import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import type { Dialect } from '../Dialect.ts';

/** A name as SQL text, whatever it holds: only a double quote means anything inside double quotes. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."relation"`, so that no search path decides which relation is meant. */
export function quoteRelation({ schema, name }: RelationRef): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

export const postgresDialect: Dialect = {
  quoteIdentifier,
  transactions: {
    begin({ readOnly, isolation }) {
      const level = isolation === null ? [] : [`ISOLATION LEVEL ${isolation.toUpperCase()}`];
      return [['BEGIN', ...level, ...(readOnly ? ['READ ONLY'] : [])].join(' ')];
    },
    commit: 'COMMIT',
    rollback: 'ROLLBACK',
    savepoint: (name) => `SAVEPOINT ${quoteIdentifier(name)}`,
    release: (name) => `RELEASE SAVEPOINT ${quoteIdentifier(name)}`,
    rollbackTo: (name) => `ROLLBACK TO SAVEPOINT ${quoteIdentifier(name)}`,
  },
};
