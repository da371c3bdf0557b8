import type { OtherDatabase } from '../../../shared/model/databases.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { sourceKey } from './keys.ts';
import type { NavigatorRow, SchemaRow } from './rows.ts';

export const noDatabases: readonly OtherDatabase[] = [];

/** Whether something stands below an open database: its schemas, that they come, or why they do not. */
export const showsBelow = (state: SourceState | undefined): boolean =>
  state !== undefined && state.status !== 'idle' && state.status !== 'closing';

/** A database that the filter has found, by its name or by what is in it. */
export interface FoundDatabase {
  readonly database: OtherDatabase;
  readonly rank: number;
  /** Of what was found in it. */
  readonly count: number;
  readonly rows: readonly SchemaRow[];
}

/** The rows of found databases, the best first, each with what was found in it. */
export function foundDatabaseRows(
  found: readonly FoundDatabase[],
  parentKey: string,
  toggled: ReadonlyMap<string, boolean>,
): readonly NavigatorRow[] {
  const ranked = [...found].sort((left, right) => left.rank - right.rank);
  return ranked.flatMap(({ database, rows }, index): readonly NavigatorRow[] => {
    const key = sourceKey(database.id);
    const isExpanded = rows.length > 0 && (toggled.get(key) ?? true);
    const place = {
      ...{ key, parentKey, level: 2, position: index + 1, setSize: ranked.length },
      isExpanded: database.refusal === null ? isExpanded : null,
    };
    const row: NavigatorRow = { ...place, type: 'database', sourceId: database.id, database };
    return isExpanded ? [row, ...rows] : [row];
  });
}
