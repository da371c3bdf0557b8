import { inDatabase } from '../../../shared/engines/engines.ts';
import type { KnownDatabase } from '../../../shared/model/databases.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';

type ById = Readonly<Record<DataSourceId, DataSourceSummary>>;

/** Made once for each saved data source as it is now, so that nobody draws anew what has not changed. */
const made = new WeakMap<DataSourceSummary, Map<DataSourceId, DataSourceSummary>>();

/** A database as main treats it: its data source with another database, and without secrets of its own. */
function summaryOf(source: DataSourceSummary, { id, name }: KnownDatabase): DataSourceSummary {
  const ofSource = made.get(source) ?? new Map<DataSourceId, DataSourceSummary>();
  made.set(source, ofSource);
  const known = ofSource.get(id);
  if (known !== undefined) return known;
  const { dataSource, integrity } = source;
  const engine = inDatabase(dataSource.engine, name) ?? dataSource.engine;
  const summary: DataSourceSummary = {
    dataSource: { ...dataSource, id, name: `${dataSource.name} › ${name}`, engine },
    secrets: {},
    integrity,
  };
  ofSource.set(id, summary);
  return summary;
}

/** The saved data sources, and beside them the other databases of their servers that somebody has opened. */
export function withDatabases(saved: ById, databases: Readonly<Record<DataSourceId, KnownDatabase>>): ById {
  const known = Object.values(databases);
  if (known.length === 0) return saved;
  const byId = { ...saved };
  for (const database of known) {
    const source = saved[database.sourceId];
    if (source === undefined) delete byId[database.id];
    else byId[database.id] = summaryOf(source, database);
  }
  return byId;
}
