import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import type { TimeoutSettings } from '../../shared/model/poolSettings.ts';

/**
 * What an edit means for a data source in use.
 * - `sessionChanged`: open sessions are not what the data source says any more.
 * - `limitsChanged`: the pool and the limits kept on our side take the new values; sessions stay.
 * - `labelsChanged`: only what people see.
 */
export type KindOfChange = 'sessionChanged' | 'limitsChanged' | 'labelsChanged';

/** The server keeps the limits of a session; the others are ours. A new limit does not compile without its line. */
const timeoutKinds: Readonly<Record<keyof TimeoutSettings, KindOfChange>> = {
  connectMs: 'limitsChanged',
  queryMs: 'sessionChanged',
  idleInTransactionMs: 'sessionChanged',
  slowStatementMs: 'limitsChanged',
};

/** What a change of each field means. A new field does not compile without its line. */
const fieldKinds: Readonly<
  Record<Exclude<keyof DataSourceFields, 'timeouts'>, KindOfChange> & { timeouts: typeof timeoutKinds }
> = {
  name: 'labelsChanged',
  engine: 'sessionChanged',
  origin: 'sessionChanged',
  pool: 'limitsChanged',
  timeouts: timeoutKinds,
  color: 'labelsChanged',
  environment: 'labelsChanged',
  readOnly: 'sessionChanged',
};

/** The gravest change between two versions of a data source; `labelsChanged` also when nothing changed. */
export function kindOfChange(before: DataSourceFields, after: DataSourceFields): KindOfChange {
  const { timeouts, ...kinds } = fieldKinds;
  const found = new Set([
    ...changedKinds(kinds, before, after),
    ...changedKinds(timeouts, before.timeouts, after.timeouts),
  ]);
  if (found.has('sessionChanged')) return 'sessionChanged';
  return found.has('limitsChanged') ? 'limitsChanged' : 'labelsChanged';
}

function changedKinds<Fields extends object>(
  kinds: Readonly<Partial<Record<keyof Fields & string, KindOfChange>>>,
  before: Fields,
  after: Fields,
): KindOfChange[] {
  const entries = Object.entries(kinds) as [keyof Fields & string, KindOfChange][];
  return entries.flatMap(([name, kind]) => (isSame(before[name], after[name]) ? [] : [kind]));
}

/** Fields are JSON values, parsed by one schema and so with their keys in one order. */
const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
