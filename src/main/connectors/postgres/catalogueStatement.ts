import type { Connection, QueryOptions, QueryResult, Statement } from '../Connector.ts';

/** Runs one of Mooring's own statements about a server or its catalogue. All of them go through here. */
export function runCatalogueStatement(
  connection: Connection,
  statement: Statement,
  options: QueryOptions,
): Promise<QueryResult> {
  const own = { reads: 'catalogue' } as const;
  return connection.query({ ...statement, own }, { ...options, purpose: 'catalogue' });
}
