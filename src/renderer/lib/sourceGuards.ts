import type { DataSourceId } from '../../shared/model/ids.ts';

/** What knows of work in the sessions of data sources. */
interface SourceGuard {
  /** Asks before a person disconnects a data source; false keeps it connected. */
  readonly mayDisconnect: (id: DataSourceId) => Promise<boolean>;
  /** What would be lost with its connections, a sentence each. */
  readonly lossesOf: (id: DataSourceId) => readonly string[];
}

const guards = new Set<SourceGuard>();

/** @returns takes the guard away again */
export function guardSources(guard: SourceGuard): () => void {
  guards.add(guard);
  return () => void guards.delete(guard);
}

/** Whether a data source may be disconnected: nothing is lost by it, or the person has agreed. */
export async function mayDisconnect(id: DataSourceId): Promise<boolean> {
  for (const guard of guards) if (!(await guard.mayDisconnect(id))) return false;
  return true;
}

/** What would be lost with the connections of a data source, a sentence each. */
export const lossesOf = (id: DataSourceId): readonly string[] =>
  [...guards].flatMap((guard) => guard.lossesOf(id));
