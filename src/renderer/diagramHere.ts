import { defaultSchemaOf } from '../shared/engines/engines.ts';
import type { DataSourceId } from '../shared/model/ids.ts';
import { capabilitiesOf, connectionsStore } from './features/connections/index.ts';
import { emptyTree, noSchema, schemaStore } from './features/schema/index.ts';
import { activeTabOf, sourceInFront, tabsStore } from './features/tabs/index.ts';
import { isTable } from './lib/isRelation.ts';
import { latestValue } from './lib/loadable.ts';

/** The schema of people that has the most tables, as far as the names say; else the usual one of the data source. */
function fullestSchema(id: DataSourceId): string | null {
  const names = latestValue((schemaStore.getState().trees[id] ?? emptyTree).names);
  const counts = (names?.schemas ?? []).flatMap(({ name, isSystem }) =>
    isSystem ? [] : [{ name, count: names?.nodesOf.get(name)?.filter(isTable).length ?? 0 }],
  );
  const fullest = counts.reduce((best, one) => (one.count > best.count ? one : best), { name: '', count: 0 });
  if (fullest.count > 0) return fullest.name;
  const settings = connectionsStore.getState().byId[id]?.dataSource.engine;
  return settings === undefined ? null : defaultSchemaOf(settings);
}

/** What a diagram would be of now: the table in front, else the schema that a person looks at. Null for none. */
function diagramHere() {
  const sourceId = sourceInFront();
  if (sourceId === null || capabilitiesOf(sourceId)?.diagrams !== true) return null;
  const tab = activeTabOf(tabsStore.getState());
  if (tab?.kind === 'diagram') return { sourceId, start: { schema: tab.schema, table: null } };
  if (tab?.kind === 'relation' && tab.node.schema !== noSchema) {
    const { schema, name } = tab.node;
    return { sourceId, start: { schema, table: isTable(tab.node) ? name : null } };
  }
  const schema = fullestSchema(sourceId);
  return schema === null ? null : { sourceId, start: { schema, table: null } };
}

export const hasDiagramHere = (): boolean => diagramHere() !== null;

/** Opens the diagram of what is in front. */
export function openDiagramHere(): void {
  const here = diagramHere();
  if (here !== null) tabsStore.getState().openDiagram(here.sourceId, here.start);
}
