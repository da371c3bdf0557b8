import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { addressTextOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { type Command, commandsStore, listedCommands } from '../../lib/commands.ts';
import { latestValue } from '../../lib/loadable.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { commandsText } from '../../text/commands.ts';
import { connectionsStore, useConnections } from '../connections/index.ts';
import { objectsStore } from '../objects/index.ts';
import { emptyTree, nodeKey, schemaStore, visibleName } from '../schema/index.ts';
import { activeTabOf, tabsStore } from '../tabs/index.ts';
import type { PaletteScope } from './palette.ts';
import type { Findable } from './ranking.ts';

export type PaletteItem = Findable & { readonly run: () => void } & (
    | { readonly kind: 'command'; readonly command: Command }
    | { readonly kind: 'source'; readonly source: DataSource }
    | { readonly kind: 'relation'; readonly node: NodeRef; readonly source: DataSource }
  );

/** Commands that are possible now. */
function commandItems(commands: readonly Command[]): PaletteItem[] {
  return listedCommands(commands)
    .filter(({ isEnabled }) => isEnabled?.() ?? true)
    .map((command) => ({
      kind: 'command',
      key: `command ${command.id}`,
      name: command.title,
      detail: commandsText.group[command.group],
      command,
      run: command.run,
    }));
}

const sourceItem = (source: DataSource): PaletteItem => ({
  kind: 'source',
  key: `source ${source.id}`,
  name: source.name,
  detail: addressTextOf(source.engine),
  source,
  run: () => void tabsStore.getState().openSource(source.id),
});

function relationItem(source: DataSource, node: NodeRef): PaletteItem {
  return {
    kind: 'relation',
    key: relationKey(source.id, node),
    name: visibleName(node.name),
    detail: [source.name, visibleName(node.schema), visibleName(node.qualifier ?? '')]
      .filter((part) => part !== '')
      .join(' › '),
    node,
    source,
    run: () => void tabsStore.getState().openRelation(source.id, node),
  };
}

const relationKey = (id: DataSourceId, node: NodeRef): string => `relation ${id} ${nodeKey(node)}`;

/** Data sources whose names can be read; the names of those that nobody has looked at are read now. */
function useConnectedIds(): readonly DataSourceId[] {
  const states = useConnections((store) => store.states);
  const order = useConnections((store) => store.order);
  const databases = useConnections((store) => store.databases);
  const ids = useMemo(
    () => [...order, ...Object.keys(databases)].filter((id) => isConnected(states[id])),
    [order, databases, states],
  );
  useEffect(() => {
    for (const id of ids) void schemaStore.getState().open(id);
  }, [ids]);
  return ids;
}

/** Favourites and what was opened lately, also of data sources that are not connected. */
function useKeptItems(): readonly PaletteItem[] {
  const favourites = useStore(objectsStore, (state) => state.favourites);
  const recent = useStore(objectsStore, (state) => state.recent);
  const byId = useConnections((store) => store.byId);
  return useMemo(() => {
    const starred = Object.entries(favourites).flatMap(([sourceId, nodes]) =>
      nodes.map((node) => ({ sourceId, node })),
    );
    return [...recent, ...starred].flatMap(({ node, sourceId }) => {
      const source = byId[sourceId]?.dataSource;
      return source === undefined ? [] : [relationItem(source, node)];
    });
  }, [favourites, recent, byId]);
}

/** One of each key, the first one. */
const once = (items: readonly PaletteItem[]): readonly PaletteItem[] =>
  [...new Map([...items].reverse().map((item) => [item.key, item])).values()].reverse();

/** Keys of what was opened lately, the newest first, and of favourites; without what is in front. */
export function keptKeys(): readonly string[] {
  const { favourites, recent } = objectsStore.getState();
  const front = activeTabOf(tabsStore.getState());
  const frontKey = front?.kind === 'relation' ? relationKey(front.sourceId, front.node) : null;
  const keys = [
    ...recent.map(({ node, sourceId }) => relationKey(sourceId, node)),
    ...Object.entries(favourites).flatMap(([sourceId, nodes]) =>
      nodes.map((node) => relationKey(sourceId, node)),
    ),
  ];
  return [...new Set(keys)].filter((key) => key !== frontKey);
}

function useRelationItems(): readonly PaletteItem[] {
  const ids = useConnectedIds();
  const trees = useStore(schemaStore, (state) => state.trees);
  return useMemo(
    () =>
      ids.flatMap((id) => {
        const source = connectionsStore.getState().byId[id]?.dataSource;
        const names = latestValue((trees[id] ?? emptyTree).names);
        if (source === undefined || names === null) return [];
        const systemSchemas = new Set(
          names.schemas.filter(({ isSystem }) => isSystem).map(({ name }) => name),
        );
        return [...names.nodesOf]
          .filter(([schema]) => !systemSchemas.has(schema))
          .flatMap(([, nodes]) => nodes.map((node) => relationItem(source, node)));
      }),
    [ids, trees],
  );
}

/** Everything that the palette can find, in the order in which it stands there before anything is typed. */
export function usePaletteItems(scope: PaletteScope): readonly PaletteItem[] {
  const commands = useStore(commandsStore, (state) => state.commands);
  const byId = useConnections((store) => store.byId);
  const order = useConnections((store) => store.order);
  const named = useRelationItems();
  const kept = useKeptItems();
  const relations = useMemo(() => once([...named, ...kept]), [named, kept]);
  return useMemo(() => {
    if (scope === 'relations') return relations;
    const sources = order.flatMap((id) => byId[id]?.dataSource ?? []).map(sourceItem);
    return [...commandItems(commands), ...sources, ...relations];
  }, [scope, commands, byId, order, relations]);
}
