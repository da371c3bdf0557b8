import type { DataSourceId } from '../../shared/model/ids.ts';

/** Asked before a person disconnects a data source; false keeps it connected. */
type SourceGuard = (id: DataSourceId) => Promise<boolean>;

const guards = new Set<SourceGuard>();

/** @returns takes the guard away again */
export function guardSources(guard: SourceGuard): () => void {
  guards.add(guard);
  return () => void guards.delete(guard);
}

/** Whether a data source may be disconnected: nothing is lost by it, or the person has agreed. */
export async function mayDisconnect(id: DataSourceId): Promise<boolean> {
  for (const guard of guards) if (!(await guard(id))) return false;
  return true;
}
